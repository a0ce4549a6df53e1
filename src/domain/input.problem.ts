// What is wrong with one argument of a call, as data: for everything that is no garment.
import { ERROR_CODES, type ErrorCode } from '../errors.js';
import type { InputProblem } from './garment.input.js';

export function problemAt(field: string, code: ErrorCode): InputProblem {
  return { field: [field], code, message: ERROR_CODES[code] };
}

/** A name that people give to a key or a store, with nothing in it that a terminal or a log would act on. */
export function nameProblems(name: string): InputProblem[] {
  const isName = name.trim() !== '' && [...name].length <= 200 && !/\p{Cc}/u.test(name);
  return isName ? [] : [problemAt('name', 'NAME_INVALID')];
}
