// Where the server asks for a key.
import type { JSX } from 'preact';

export interface KeyFormWords {
  keyNeeded: string;
  keyHint: string;
  key: string;
  store: string;
  useKey: string;
}

/** @param onUse after the key was kept for this tab: what is on the page is asked for anew */
export function KeyForm({ words, onUse }: { words: KeyFormWords; onUse: () => void }): JSX.Element {
  const given = window.access.given();
  const use = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => (fields.get(name) as string).trim();
    window.access.keep({ key: field('key'), store: field('store') });
    onUse();
  };
  return (
    <form class="notice key-form" onSubmit={use} aria-labelledby="key-title">
      <h2 id="key-title">{words.keyNeeded}</h2>
      <p class="hint">{words.keyHint}</p>
      <label>
        <span>{words.key}</span>
        <input name="key" type="password" autocomplete="off" required defaultValue={given.key} />
      </label>
      <label>
        <span>{words.store}</span>
        <input name="store" autocomplete="off" spellcheck={false} defaultValue={given.store} />
      </label>
      <button class="primary">{words.useKey}</button>
    </form>
  );
}
