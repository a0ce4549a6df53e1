// What the form for a key says on this page.
import type { KeyFormWords } from '../../shared/key.form.js';

export const KEY_WORDS: KeyFormWords = {
  keyNeeded: 'These figures ask for a key',
  keyHint: 'One of the role ANALYST or ADMIN. It is kept for this tab only, as long as that is open.',
  key: 'Key',
  store: 'Store (if the key is not of one)',
  useKey: 'Use it',
};

/** @param code of the refusal */
export function refusalText(code: string): string | null {
  if (code === 'UNAUTHENTICATED') return null;
  if (code === 'STORE_UNKNOWN') return 'There is no such store.';
  return 'The key that was given may not read insights. A storefront’s key, for example, may only ask and read the catalog.';
}
