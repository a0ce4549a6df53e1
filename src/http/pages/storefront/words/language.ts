// Which language the page speaks: the shopper's choice, remembered, or else the browser's.
import { computed, effect, signal } from '@preact/signals';
import { kept, keep } from '../state/kept.js';
import { chinese } from './chinese.js';
import { english } from './english.js';

export type Language = 'en' | 'zh';

const KEPT_AS = 'fitroom.language';
const LOCALES = { en: 'en', zh: 'zh-CN' } as const;

export const language = signal<Language>(firstLanguage());
export const texts = computed(() => (language.value === 'zh' ? chinese : english));

effect(() => {
  document.documentElement.lang = LOCALES[language.value];
});

export function speak(chosen: Language): void {
  language.value = chosen;
  keep(KEPT_AS, chosen);
}

export function priceText({ amount, currency }: { amount: string; currency: string }): string {
  return new Intl.NumberFormat(LOCALES[language.value], { style: 'currency', currency }).format(Number(amount));
}

function firstLanguage(): Language {
  const chosen = kept(KEPT_AS) ?? navigator.language;
  return chosen.startsWith('zh') ? 'zh' : 'en';
}
