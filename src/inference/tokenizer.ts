// Words to token ids as the bundle's tokenizer.json says, cut to what the encoder takes. Knows no model.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { TOKENIZER_CONFIG } from './bundle.js';

/** What is used of the library, whose own declarations import without file endings and so do not resolve in an ES module. */
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
   * @param text the manifest's part on words: the tokenizer's file and the most tokens that the encoder takes
   * @throws Error that starts with the name of the file that is no tokenizer
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
   * @returns 2 to `maxTokens` ids between the start and end marks ([CLS] … [SEP]); the end mark survives the cut.
   * Empty words give the marks alone.
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
