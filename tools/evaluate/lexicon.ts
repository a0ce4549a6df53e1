// Word lists of models/lexicon and request templates, in English and Chinese.
// No training stage sees the held-out words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import type { GarmentType } from '../../src/domain/catalog/garment.js';

export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', zh: 'Chinese' };

/** Synonyms, most frequent first. */
export type Words = Record<Language, string[]>;

type Templates = Record<'garment' | 'color', Words>;

export const CATEGORY_WORDS = read<Record<string, Words & { heldOut: Words }>>('categories');
export const CATEGORY_GROUPS = Object.values(read<Record<string, Words & { categories: string[] }>>('category-groups'));
export const COLOR_WORDS = read<Record<string, Words>>('colors');
export const GENDER_WORDS = read<Record<string, Words>>('genders');
export const USAGE_WORDS = read<Record<string, Words>>('usages');
/** A title that contains one of `words` has the attribute. */
export const ATTRIBUTES = Object.values(read<Record<string, Words & { words: string[] }>>('attributes'));
export const TEMPLATES = read<Templates & { heldOut: Templates }>('templates');

const FAMILIES = inverted(read<Record<string, string[]>>('color-families'));
const TYPES = inverted(read<Record<string, string[]>>('category-types')) as Map<string, GarmentType>;

/** Returns one of 14 color families. Null for a color without a family. */
export function colorFamilyOf(color: string): string | null {
  return FAMILIES.get(color) ?? null;
}

/** Returns the garment type of a category. Null if it is not one of the ten types. */
export function garmentTypeOf(category: string): GarmentType | null {
  return TYPES.get(category) ?? null;
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, 'models', 'lexicon', `${name}.json`), 'utf8')) as Content;
}

function inverted(lists: Record<string, string[]>): Map<string, string> {
  return new Map(Object.entries(lists).flatMap(([name, members]) => members.map((member) => [member, name])));
}
