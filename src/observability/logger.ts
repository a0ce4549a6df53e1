// The structured log on standard output. It holds no text of shoppers, no pictures and no keys.
import { pino, type DestinationStream, type Logger as PinoLogger, type LoggerOptions } from 'pino';
import { KEY_TEXT } from '../domain/access/caller.js';
import { traceId } from './tracing.js';

export type Logger = PinoLogger;

/** Keys in a wrong place, for example in a URL, an operation name or a request id. */
const KEYS = new RegExp(KEY_TEXT.source, 'g');

/** Returns the trace id for a log line. */
function traceField(): { traceId?: string } {
  const id = traceId();
  return id === undefined ? {} : { traceId: id };
}

/** Creates a logger. @param destination absent for standard output */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: undefined,
    // links a line to its trace
    mixin: traceField,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['headers.authorization', '*.headers.authorization'], censor: 'a key' },
    hooks: { streamWrite: (line) => line.replace(KEYS, 'a key') },
  };
  return destination ? pino(options, destination) : pino(options);
}
