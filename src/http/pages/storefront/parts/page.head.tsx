// The page header: brand, bag and language.
import type { JSX } from 'preact';
import { bag } from '../state/fitting.room.js';
import { language, setLanguage, texts, type Language } from '../words/language.js';

const LANGUAGES: [Language, string, string][] = [
  ['en', 'English', 'en'],
  ['zh', '中文', 'zh-CN'],
];

export function PageHead(): JSX.Element {
  return (
    <header class="head">
      <a class="brand" href="/">
        <img src="/pages/mark.svg" alt="" width="28" height="28" />
        fitroom
      </a>
      <div class="head-end">
        {bag.value.length > 0 && <span class="bag">{texts.value.bag(bag.value.length)}</span>}
        <div class="languages" role="group" aria-label={texts.value.language}>
          {LANGUAGES.map(([code, name, lang]) => (
            <button
              key={code}
              type="button"
              lang={lang}
              aria-pressed={language.value === code}
              onClick={() => setLanguage(code)}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}
