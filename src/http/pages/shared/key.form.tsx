// The form for the API key. A page shows it when the server requires a key.
import type { JSX } from 'preact';
import { currentAccess, setAccess } from './access.js';

export interface KeyFormTexts {
  keyNeeded: string;
  keyHint: string;
  key: string;
  store: string;
  useKey: string;
}

/** @param onUse called after the key is stored for this tab; the page then sends its requests again */
export function KeyForm({ texts, onUse }: { texts: KeyFormTexts; onUse: () => void }): JSX.Element {
  const { key, store } = currentAccess();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => (fields.get(name) as string).trim();
    setAccess({ key: field('key'), store: field('store') });
    onUse();
  };
  return (
    <form class="notice key-form" onSubmit={submit} aria-labelledby="key-title">
      <h2 id="key-title">{texts.keyNeeded}</h2>
      <p class="hint">{texts.keyHint}</p>
      <label>
        <span>{texts.key}</span>
        <input name="key" type="password" autocomplete="off" required defaultValue={key} />
      </label>
      <label>
        <span>{texts.store}</span>
        <input name="store" autocomplete="off" spellcheck={false} defaultValue={store} />
      </label>
      <button class="primary">{texts.useKey}</button>
    </form>
  );
}
