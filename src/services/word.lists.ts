// The word lists of models/lexicon as the senses of words: which English words of titles a Chinese term, or an English one
// with several spellings, stands for. Read once; they are the lists that the models were trained with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_MODELS } from '../config.js';
import type { WordSenses } from '../domain/word.senses.js';

interface Entry {
  en: string[];
  zh: string[];
  /** How titles say it, where that is not `en`. */
  words?: string[];
}

/** Materials, patterns and cuts first: what several lists know is what the first has. */
const LISTS = ['attributes', 'colors', 'categories', 'category-groups'] as const;

/** @throws Error of the file system where the lists are missing: they belong to the code */
export function readWordSenses(): WordSenses {
  const senses = new Map<string, readonly string[]>();
  for (const list of LISTS) {
    for (const { en, zh, words } of Object.values(read(list))) {
      const titles = words ?? en.slice(0, 1);
      for (const term of zh) if (!senses.has(term.toLowerCase())) senses.set(term.toLowerCase(), titles);
      // of one word only: what titles say in two is no synonym of either
      for (const term of words ?? []) if (!term.includes(' ') && !senses.has(term)) senses.set(term, titles);
    }
  }
  return senses;
}

function read(list: string): Record<string, Entry> {
  return JSON.parse(readFileSync(join(SHIPPED_MODELS, 'lexicon', `${list}.json`), 'utf8')) as Record<string, Entry>;
}
