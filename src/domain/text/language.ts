// The languages of texts for shoppers.

export const LANGUAGES = ['EN', 'ZH'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in each language. */
export type LocalizedText = Readonly<Record<Language, string>>;

/** Returns Chinese if the text contains a Chinese character, otherwise English; English for null. */
export function languageOf(words: string | null): Language {
  return words !== null && /\p{Script=Han}/u.test(words) ? 'ZH' : 'EN';
}
