// What is wrong with one argument of a call, as data: for everything that is no garment.
import { ERROR_CODES, FitroomError, type ErrorCode } from '../../errors.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isName, isSku } from './text.js';

export function problemAt(field: string, code: ErrorCode): InputProblem {
  return { field: [field], code, message: ERROR_CODES[code] };
}

/** Longest name, in characters. */
const MAX_NAME = 200;

/** A name that people give to a key or a store, with nothing in it that a terminal or a log would act on. */
export function nameProblems(name: string): InputProblem[] {
  return isName(name, MAX_NAME) ? [] : [problemAt('name', 'NAME_INVALID')];
}

/** An error for each value of a list of skus that no garment can have. */
export function skuProblems(field: string, skus: readonly string[]): InputProblem[] {
  return skus.flatMap((sku, i) => (isSku(sku) ? [] : [problemWithin(field, problemAt(String(i), 'SKU_INVALID'))]));
}

/** What was refused, as a problem of the input. @throws any error that is not a FitroomError */
export function problemOf(error: unknown): InputProblem {
  if (!(error instanceof FitroomError)) throw error;
  return { field: [...error.field], code: error.code, message: error.message };
}

/** The same problem, found below the argument `name`. */
export function problemWithin(name: string, { field, code, message }: InputProblem): InputProblem {
  return { field: [name, ...field], code, message };
}

/** The problem that a check finds, or none. */
export function problemsFrom(check: () => unknown): InputProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    return [problemOf(error)];
  }
}

/** The form of the ids that callers may choose themselves. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(id: string): boolean {
  return UUID.test(id);
}
