// Messages between the main thread and the inference threads: plain data that can be cloned.
import type { Head, ImageModel, TextModel } from './manifest.models.js';
import type { AttentionInput, SessionOptions } from './session.js';

/** The models that a thread opens, and how. Set once, at its start. */
export interface ThreadSetup {
  dir: string;
  options: SessionOptions;
  text: TextModel | null;
  image: ImageModel | null;
  head: { model: Head; dimensions: number } | null;
  attention: { file: string } | null;
}

/** One batch. Arrays are already padded to a batch size; the thread pads texts. */
export type Task =
  | { kind: 'words'; texts: string[] }
  | { kind: 'pictures'; pixels: Uint8Array }
  | { kind: 'head'; features: Float32Array }
  | ({ kind: 'attention' } & AttentionInput);

/** The result of a task. A failed task returns its reason; only a dead thread rejects, so the two differ. */
export type TaskResult = { outputs: Record<string, Float32Array> } | { failure: string };
