// The state of the API key: accepted or refused.
import { signal } from '@preact/signals';
import type { ApiError } from '../../../../client/api.error.js';
import { needsKey } from '../../shared/failure.js';

/** The error that refused the key. Null while the key is accepted. */
export const refusal = signal<ApiError | null>(null);
/** Increases with each entered key, which makes all queries run again. */
export const keyVersion = signal(0);

/** A role sees only its part of the schema. So for a storefront key the fields of these queries do not exist. */
const REFUSALS = ['FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED'];

export function isRefusal(failure: ApiError): boolean {
  return needsKey(failure) || REFUSALS.includes(failure.code);
}

export function acceptKey(): void {
  refusal.value = null;
  keyVersion.value += 1;
}
