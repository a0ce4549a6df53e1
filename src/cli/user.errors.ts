// User errors of a mutation, as printed by commands.
import { EXIT } from './exit.js';

export interface UserError {
  code: string;
  message: string;
}

/** Prints the user errors, if any, and sets exit status 1. Returns true if there are any. */
export function printUserErrors(userErrors: readonly UserError[]): boolean {
  for (const { code, message } of userErrors) console.error(`${message} (${code})`);
  if (userErrors.length > 0) process.exitCode = EXIT.FAILED;
  return userErrors.length > 0;
}
