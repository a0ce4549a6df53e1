// Owns what a command's exit status means, for scripts that call it.

export const EXIT = {
  OK: 0,
  /** The command ran, and some of what it was asked for failed: a row, a check. */
  FAILED: 1,
  /** The command could not run: wrong usage, an unreadable path, no server. */
  CANNOT_RUN: 2,
  /** Ended by Ctrl-C. */
  INTERRUPTED: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a message for its user and exit status 2; printed without a stack. */
export class CannotRun extends Error {
  override readonly name: string = 'CannotRun';
}
