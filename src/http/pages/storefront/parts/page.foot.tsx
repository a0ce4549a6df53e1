// The page footer: the note on stored data, and links to the other pages.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { forgetMe } from '../state/actions.js';
import { announce } from '../state/announcement.js';
import { texts } from '../words/language.js';

export function PageFoot(): JSX.Element {
  const [note, setNote] = useState('');
  const forget = async (): Promise<void> => {
    const text = await forgetMe();
    setNote(text);
    announce(text);
  };
  return (
    <footer class="foot">
      <p>
        {note || texts.value.forgetHint}{' '}
        <button type="button" class="text-button" onClick={() => void forget()}>
          {texts.value.forget}
        </button>
      </p>
      <nav aria-label="fitroom">
        <a href="/insights">{texts.value.analysts}</a>
        <a href="/playground">{texts.value.developers}</a>
        <code>/graphql</code>
      </nav>
    </footer>
  );
}
