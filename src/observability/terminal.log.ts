// The log as people read it on a terminal: one line per event, with the time of day.
import type { DestinationStream } from 'pino';

/** @returns where the log goes if standard output is a terminal; absent elsewhere, where the log is JSON */
export async function terminalLog(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  // loaded here: 40 ms that nobody else should wait for
  const { default: pretty } = await import('pino-pretty');
  return pretty({ translateTime: 'SYS:HH:MM:ss', singleLine: true, sync: true });
}
