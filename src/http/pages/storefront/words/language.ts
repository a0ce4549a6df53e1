// The page's language: the shopper's stored choice, else the browser's language.
import { computed, effect, signal } from '@preact/signals';
import { readStored, writeStored } from '../state/browser.storage.js';
import { chinese } from './chinese.js';
import { english } from './english.js';

export type Language = 'en' | 'zh';

const STORAGE_KEY = 'fitroom.language';
const LOCALES = { en: 'en', zh: 'zh-CN' } as const;

export const language = signal<Language>(firstLanguage());
export const texts = computed(() => (language.value === 'zh' ? chinese : english));

effect(() => {
  document.documentElement.lang = LOCALES[language.value];
});

export function setLanguage(chosen: Language): void {
  language.value = chosen;
  writeStored(STORAGE_KEY, chosen);
}

export function priceText({ amount, currency }: { amount: string; currency: string }): string {
  return new Intl.NumberFormat(LOCALES[language.value], { style: 'currency', currency }).format(Number(amount));
}

function firstLanguage(): Language {
  const chosen = readStored(STORAGE_KEY) ?? navigator.language;
  return chosen.startsWith('zh') ? 'zh' : 'en';
}
