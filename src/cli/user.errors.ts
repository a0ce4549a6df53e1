// What a mutation says was wrong with what it was given, for people and for scripts.
import { EXIT } from './exit.js';

export interface UserError {
  code: string;
  message: string;
}

/** Prints what went wrong, if anything, and lets the command end with 1. @returns whether anything did */
export function printUserErrors(userErrors: readonly UserError[]): boolean {
  for (const { code, message } of userErrors) console.error(`${message} (${code})`);
  if (userErrors.length > 0) process.exitCode = EXIT.FAILED;
  return userErrors.length > 0;
}
