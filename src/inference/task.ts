// What the main thread and the inference threads say to each other. Plain data that a message can carry.
import type { Head, ImageModel, TextModel } from './manifest.models.js';
import type { AttentionInput, SessionOptions } from './session.js';

/** Which models a thread opens, and how. Given once, at its start. */
export interface ThreadSetup {
  dir: string;
  options: SessionOptions;
  text: TextModel | null;
  image: ImageModel | null;
  head: { model: Head; dimensions: number } | null;
  attention: { file: string } | null;
}

/** One batch. Arrays come padded to a batch size; texts are padded by the thread. */
export type Task =
  | { kind: 'words'; texts: string[] }
  | { kind: 'pictures'; pixels: Uint8Array }
  | { kind: 'head'; features: Float32Array }
  | ({ kind: 'attention' } & AttentionInput);

/** A task that fails says why; only a thread that dies rejects, so the two are never confused. */
export type TaskResult = { outputs: Record<string, Float32Array> } | { failure: string };
