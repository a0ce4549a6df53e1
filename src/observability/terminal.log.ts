// The log for a terminal: one line per event, with the time of day.
import type { DestinationStream } from 'pino';

/** Returns a formatting destination for a terminal. Undefined for other outputs, which get JSON. */
export async function terminalLog(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  // loaded here, because it takes 40 ms that other outputs need not wait for
  const { default: pretty } = await import('pino-pretty');
  return pretty({ translateTime: 'SYS:HH:MM:ss', singleLine: true, sync: true });
}
