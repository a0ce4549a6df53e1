import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WordTokenizer } from '../../../src/inference/tokenizer.js';
import { TINY, TINY_BUNDLE } from '../../support/tiny.bundle.js';

const load = () => WordTokenizer.load(TINY_BUNDLE, { tokenizer: 'tokenizer.json', maxTokens: TINY.maxTokens });

/** Returns the ids of tokens in tokenizer.json. */
async function idsOf(...tokens: string[]): Promise<number[]> {
  const json = JSON.parse(await readFile(join(TINY_BUNDLE, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number> };
  };
  return tokens.map((token) => json.model.vocab[token]!);
}

describe('WordTokenizer', () => {
  it('puts the tokens between the start and the end mark, in lower case', async () => {
    expect((await load()).encode('Red DRESS')).toEqual(await idsOf('[CLS]', 'red', 'dress', '[SEP]'));
  });

  it('splits an unknown word into pieces', async () => {
    expect((await load()).encode('dressy')).toEqual(await idsOf('[CLS]', 'dress', '##y', '[SEP]'));
  });

  it('splits Chinese into characters', async () => {
    expect((await load()).encode('红色裙子')).toEqual(await idsOf('[CLS]', '红', '色', '裙', '子', '[SEP]'));
  });

  it('cuts a text that is too long and keeps the end mark', async () => {
    const ids = (await load()).encode('red '.repeat(40));
    const [start, red, end] = await idsOf('[CLS]', 'red', '[SEP]');
    expect(ids).toEqual([start, ...Array<number | undefined>(TINY.maxTokens - 2).fill(red), end]);
  });

  it.each(['', '  \n ', '\u0000'])('returns only the two marks for an empty text (%j)', async (text) => {
    expect((await load()).encode(text)).toEqual(await idsOf('[CLS]', '[SEP]'));
  });
});
