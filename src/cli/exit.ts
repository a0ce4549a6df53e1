// Exit statuses of commands, for scripts.

export const EXIT = {
  OK: 0,
  /** The command ran, but a part of its work failed, for example a row or a check. */
  FAILED: 1,
  /** The command could not run: wrong usage, an unreadable path or no server. */
  CANNOT_RUN: 2,
  /** The command was ended by Ctrl-C. */
  INTERRUPTED: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a message for its user and exit status 2. The message is printed without a stack trace. */
export class CannotRun extends Error {
  override readonly name: string = 'CannotRun';
}
