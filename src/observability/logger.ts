// One structured log to standard output. Requests add their id; words, pictures and keys never go in.
import { pino, type DestinationStream, type Logger as PinoLogger, type LoggerOptions } from 'pino';
import { KEY_TEXT } from '../domain/access/caller.js';
import { traceId } from './tracing.js';

export type Logger = PinoLogger;

/** Wherever a client puts a key that should have been a header: an address, the name of an operation, a request id. */
const KEYS = new RegExp(KEY_TEXT.source, 'g');

function traceOfLine(): { traceId?: string } {
  const id = traceId();
  return id === undefined ? {} : { traceId: id };
}

/** @param destination absent: standard output */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: undefined,
    // leads from a line to its trace, where there is one
    mixin: traceOfLine,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['headers.authorization', '*.headers.authorization'], censor: 'a key' },
    hooks: { streamWrite: (line) => line.replace(KEYS, 'a key') },
  };
  return destination ? pino(options, destination) : pino(options);
}
