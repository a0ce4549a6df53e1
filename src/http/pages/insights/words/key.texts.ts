// The texts of the key form on the insights page.
import type { KeyFormTexts } from '../../shared/key.form.js';

export const KEY_TEXTS: KeyFormTexts = {
  keyNeeded: 'Insights require an API key',
  keyHint: 'The key needs the role ANALYST or ADMIN. It is stored for this tab only, until you close it.',
  key: 'Key',
  store: 'Store (only for a key that covers several stores)',
  useKey: 'Use key',
};

/** Returns the text for a refused key. Null if no key was entered. @param code the error code of the refusal */
export function refusalText(code: string): string | null {
  if (code === 'UNAUTHENTICATED') return null;
  if (code === 'STORE_UNKNOWN') return 'This store does not exist.';
  return 'This key may not read insights. It needs the role ANALYST or ADMIN; storefront keys do not have it.';
}
