// The request id, which appears in the log, in the response and in client reports.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID_HEADER = 'x-request-id';

/** The request ids that are accepted from a proxy. Other characters could forge log lines. */
const ACCEPTED_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** Returns the request id of the proxy if it is acceptable, else a new UUID. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const proxyId = headers[REQUEST_ID_HEADER];
  return typeof proxyId === 'string' && ACCEPTED_ID.test(proxyId) ? proxyId : randomUUID();
}
