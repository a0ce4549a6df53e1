// Where the server asks for a key.
import type { JSX } from 'preact';
import { refresh } from '../state/answer.js';
import { refreshFacets } from '../state/facets.js';
import { texts } from '../words/language.js';

export function KeyForm(): JSX.Element {
  const given = window.access.given();
  const use = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => (fields.get(name) as string).trim();
    window.access.keep({ key: field('key'), store: field('store') });
    void Promise.all([refresh(), refreshFacets()]);
  };
  return (
    <form class="notice key-form" onSubmit={use} aria-labelledby="key-title">
      <h2 id="key-title">{texts.value.keyNeeded}</h2>
      <p class="hint">{texts.value.keyHint}</p>
      <label>
        <span>{texts.value.key}</span>
        <input name="key" type="password" autocomplete="off" required defaultValue={given.key} />
      </label>
      <label>
        <span>{texts.value.store}</span>
        <input name="store" autocomplete="off" spellcheck={false} defaultValue={given.store} />
      </label>
      <button class="primary">{texts.value.useKey}</button>
    </form>
  );
}
