// The languages that shoppers are spoken to in.

export const LANGUAGES = ['EN', 'ZH'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same in each language. */
export type LocalizedText = Readonly<Record<Language, string>>;

/** Chinese where the words have a Chinese character, else English; English where there are none. */
export function languageOf(words: string | null): Language {
  return words !== null && /\p{Script=Han}/u.test(words) ? 'ZH' : 'EN';
}
