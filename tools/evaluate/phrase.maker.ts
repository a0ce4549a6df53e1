// Phrases about a garment: the lexicon's templates, filled from its labels.
// Same random choices as models/training/fitroom_training/phrases.py, which makes the training texts.
import type { Random } from '../../src/domain/shared/random.js';
import {
  ATTRIBUTES,
  CATEGORY_GROUPS,
  CATEGORY_WORDS,
  COLOR_WORDS,
  GENDER_WORDS,
  TEMPLATES,
  USAGE_WORDS,
  type Language,
  type Words,
} from './lexicon.js';
import type { Product } from './split.reader.js';

/** A text and the labels that it names. A garment that has all of them is relevant. */
export interface Phrase {
  text: string;
  /** More than one if the text names a group, such as "shoes". */
  categories: string[];
  color?: string;
  gender?: string;
  usage?: string;
}

/** Shares of phrases that name a category's group, and else its most common word. */
const GROUP_SHARE = 0.2;
const FIRST_WORD_SHARE = 0.4;
const ATTEMPTS = 8;

const ATTRIBUTE_PATTERNS = ATTRIBUTES.map((entry) => ({
  entry,
  pattern: new RegExp(`(?<![a-z0-9])(?:${entry.words.map(escaped).join('|')})(?![a-z0-9])`),
}));

export class PhraseMaker {
  constructor(private readonly random: Random) {}

  /**
   * Fills a template about the garment, or names only its category after eight failed attempts. Null if the category
   * has no word.
   */
  describe(product: Product, language: Language, heldOut: boolean): Phrase | null {
    const templates = (heldOut ? TEMPLATES.heldOut : TEMPLATES).garment[language];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const filled = this.fill(this.random.pick(templates), product, language);
      if (filled) return filled;
    }
    return this.fill('{t}', product, language);
  }

  /**
   * Fills {t}ype, {c}olor, {g}ender, {u}sage and {a}ttribute from the garment.
   * @returns null if the garment lacks one of them
   */
  fill(template: string, product: Product, language: Language): Phrase | null {
    const phrase: Phrase = { text: template, categories: [] };
    for (const [placeholder, letter] of template.matchAll(/\{(\w)\}/g)) {
      const words = this.#wordsFor(letter!, product, phrase);
      if (!words) return null;
      const [first] = words[language];
      const word = letter === 't' && this.random.chance(FIRST_WORD_SHARE) ? first! : this.random.pick(words[language]);
      phrase.text = phrase.text.replace(placeholder, word);
    }
    return phrase;
  }

  #wordsFor(letter: string, product: Product, phrase: Phrase): Words | undefined {
    switch (letter) {
      case 't':
        return this.#categoryWords(product.category, phrase);
      case 'a':
        return this.#attributeWords(product.title);
      case 'c':
        phrase.color = product.color ?? undefined;
        return COLOR_WORDS[product.color ?? ''];
      case 'g':
        phrase.gender = product.gender ?? undefined;
        return GENDER_WORDS[product.gender ?? ''];
      case 'u':
        phrase.usage = product.usage ?? undefined;
        return USAGE_WORDS[product.usage ?? ''];
      default:
        throw new RangeError(`models/lexicon/templates.json: unknown placeholder {${letter}}`);
    }
  }

  #categoryWords(category: string | null, phrase: Phrase): Words | undefined {
    if (category === null || !CATEGORY_WORDS[category]) return undefined;
    const groups = CATEGORY_GROUPS.filter(({ categories }) => categories.includes(category));
    const group = groups.length > 0 && this.random.chance(GROUP_SHARE) ? this.random.pick(groups) : undefined;
    phrase.categories = group ? group.categories : [category];
    return group ?? CATEGORY_WORDS[category];
  }

  #attributeWords(title: string): Words | undefined {
    const named = ATTRIBUTE_PATTERNS.filter(({ pattern }) => pattern.test(title.toLowerCase()));
    return named.length > 0 ? this.random.pick(named).entry : undefined;
  }
}

/** Returns true if a garment has every label that the phrase names, apart from its category. */
export function hasNamedLabels(product: Product, { color, gender, usage }: Phrase): boolean {
  return (
    (color === undefined || product.color === color) &&
    (gender === undefined || product.gender === gender) &&
    (usage === undefined || product.usage === usage)
  );
}

/** Fills a template such as "change it to {c}" with the most common name of a color. Null if the color has no name. */
export function inColor(template: string, color: string, language: Language): string | null {
  const words = COLOR_WORDS[color];
  return words ? template.replace('{c}', words[language][0]!) : null;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
