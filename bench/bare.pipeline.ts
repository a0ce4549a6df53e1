// Baseline of a request: only ONNX Runtime and the SQL statements, on this thread.
// It has no HTTP, GraphQL, picture decoding, tokenizing, threads, queues, caches or ranking.
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { openPicture } from '../src/pictures/picture.js';
import { squareOf } from '../src/pictures/letterbox.js';
import type { Bundle } from '../src/inference/bundle.js';
import { runPixels, runTokens } from '../src/inference/encoder.run.js';
import { type Model, openModel, runHead } from '../src/inference/session.js';
import { WordTokenizer } from '../src/inference/tokenizer.js';
import type { Input } from './inputs.js';
import type { Statement } from './statement.recorder.js';

/** The prepared input of the model. */
export type ModelInput = { kind: 'words'; ids: number[] } | { kind: 'picture'; pixels: Uint8Array };

export class BareModel {
  private constructor(
    private readonly bundle: Bundle,
    private readonly tokenizer: WordTokenizer,
    private readonly sessions: Record<'text' | 'image' | 'head', Model>,
  ) {}

  static async open(bundle: Bundle, threads: number): Promise<BareModel> {
    const { text, image, head } = bundle.manifest;
    if (head.kind !== 'trained') throw new Error('the baseline requires a bundle with a trained head');
    const session = (file: string) => openModel(join(bundle.dir, file), { executionProvider: 'cpu', threads });
    const sessions = {
      text: await session(text.file),
      image: await session(image.file),
      head: await session(head.file),
    };
    return new BareModel(bundle, await WordTokenizer.load(bundle.dir, text), sessions);
  }

  async prepare(input: Input): Promise<ModelInput> {
    if (input.kind === 'words') return { kind: 'words', ids: this.tokenizer.encode(input.text) };
    const pixels = await squareOf(await openPicture(input.bytes), this.bundle.manifest.image);
    return { kind: 'picture', pixels };
  }

  /**
   * Runs the encoder once over all inputs, which must be of one kind, and the head once. @param inputs 1, 2, 4, 8 or 16
   */
  async run(inputs: ModelInput[]): Promise<void> {
    const { dimensions } = this.bundle.manifest;
    await this.embed(inputs);
    await runHead(this.sessions.head, new Float32Array(inputs.length * 2 * dimensions), 2 * dimensions);
  }

  /** Runs only the encoder. */
  async embed(inputs: ModelInput[]): Promise<void> {
    const words = inputs.flatMap((input) => (input.kind === 'words' ? [input.ids] : []));
    const pictures = inputs.flatMap((input) => (input.kind === 'picture' ? [input.pixels] : []));
    if (words.length > 0) await runTokens(this.sessions.text, words, this.bundle.manifest.text);
    if (pictures.length > 0) {
      await runPixels(this.sessions.image, Buffer.concat(pictures), this.bundle.manifest.image);
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.sessions).map(({ session }) => session.release()));
  }
}

/** Runs recorded statements one after the other on one connection. */
export async function replay(client: PoolClient, statements: Statement[]): Promise<void> {
  for (const { text, values } of statements) await client.query(text, values);
}
