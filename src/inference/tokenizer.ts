// The tokenizer of a bundle: text to token ids, cut to the encoder's maximum.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { TOKENIZER_CONFIG } from './bundle.js';

/**
 * The part of the library in use. Its own declarations import without file endings and do not resolve in an ES module.
 */
interface Encoder {
  encode(text: string): { ids: number[] };
}
type EncoderClass = new (tokenizer: object, config: object) => Encoder;

export class WordTokenizer {
  private constructor(
    private readonly tokenizer: Encoder,
    private readonly maxTokens: number,
  ) {}

  /**
   * Loads the tokenizer of a bundle.
   * @param text the manifest's text model: tokenizer file and maximum number of tokens
   * @throws Error that starts with the name of the file that is not a valid tokenizer
   */
  static async load(dir: string, text: { tokenizer: string; maxTokens: number }): Promise<WordTokenizer> {
    const [tokenizer, config] = await Promise.all([readJson(dir, text.tokenizer), readJson(dir, TOKENIZER_CONFIG)]);
    try {
      return new WordTokenizer(new (Tokenizer as unknown as EncoderClass)(tokenizer, config), text.maxTokens);
    } catch (cause) {
      throw new Error(`${text.tokenizer}: ${(cause as Error).message}`, { cause });
    }
  }

  /**
   * Returns 2 to `maxTokens` ids between the start and end marks ([CLS] … [SEP]). A cut keeps the end mark. Empty text
   * gives only the two marks.
   */
  encode(text: string): number[] {
    const { ids } = this.tokenizer.encode(text);
    if (ids.length <= this.maxTokens) return ids;
    return [...ids.slice(0, this.maxTokens - 1), ids[ids.length - 1]!];
  }
}

async function readJson(dir: string, file: string): Promise<object> {
  try {
    return JSON.parse(await readFile(join(dir, file), 'utf8')) as object;
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
}
