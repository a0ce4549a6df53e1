// Input problems for arguments other than garments.
import { ERROR_CODES, FitroomError, type ErrorCode } from '../../errors.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isName, isSku } from './text.js';

export function problemAt(field: string, code: ErrorCode): InputProblem {
  return { field: [field], code, message: ERROR_CODES[code] };
}

/** Maximum length of a name, in characters. */
const MAX_NAME = 200;

/**
 * Returns the problems of a name for a key or a store. Control characters are invalid: a terminal or log could act on
 * them.
 */
export function nameProblems(name: string): InputProblem[] {
  return isName(name, MAX_NAME) ? [] : [problemAt('name', 'NAME_INVALID')];
}

/** Returns one problem for each SKU in the list that no garment can have. */
export function skuProblems(field: string, skus: readonly string[]): InputProblem[] {
  return skus.flatMap((sku, i) => (isSku(sku) ? [] : [problemWithin(field, problemAt(String(i), 'SKU_INVALID'))]));
}

/** Converts a FitroomError to an input problem. @throws any other error unchanged */
export function problemOf(error: unknown): InputProblem {
  if (!(error instanceof FitroomError)) throw error;
  return { field: [...error.field], code: error.code, message: error.message };
}

/** Returns the problem with `name` in front of its path. */
export function problemWithin(name: string, { field, code, message }: InputProblem): InputProblem {
  return { field: [name, ...field], code, message };
}

/** Runs a check and returns its FitroomError as a problem, or an empty list. */
export function problemsFrom(check: () => unknown): InputProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    return [problemOf(error)];
  }
}

/** The format of ids that callers can choose. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(id: string): boolean {
  return UUID.test(id);
}
