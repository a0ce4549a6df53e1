// Whether the key that was given may read what this page shows.
import { signal } from '@preact/signals';
import type { ApiError } from '../../../../client/api.error.js';
import { needsKey } from '../../shared/failure.js';

/** The API's word on the key; null while it is good. */
export const refusal = signal<ApiError | null>(null);
/** Counts the keys that were given: with another one everything is asked anew. */
export const keysGiven = signal(0);

/** A role sees its own part of the schema only: to a storefront's key these queries are about fields that there are not. */
const REFUSALS = ['FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED'];

export function isRefusal(failure: ApiError): boolean {
  return needsKey(failure) || REFUSALS.includes(failure.code);
}

export function acceptKey(): void {
  refusal.value = null;
  keysGiven.value += 1;
}
