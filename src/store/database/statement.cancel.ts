// PostgreSQL's cancel request, sent on a separate connection, directly or through PgBouncer.
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
import { connect } from 'node:net';
import type pg from 'pg';

const CANCEL_CODE = 80_877_102;
const WITHIN_MS = 10_000;

/** Fields of pg's clients that its types do not declare. */
interface Backend {
  host: string;
  port: number;
  processID: number | null;
  secretKey: number | null;
}

/** Asks the server to stop the statement that the client waits for. A lost request does no harm. */
export function cancelRunning(client: pg.ClientBase): void {
  const { host, port, processID, secretKey } = client as unknown as Backend;
  if (processID === null || secretKey === null) return;
  const packet = Buffer.alloc(16);
  [packet.length, CANCEL_CODE, processID, secretKey].forEach((value, i) => packet.writeInt32BE(value, 4 * i));
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  socket.on('error', () => undefined);
  socket.setTimeout(WITHIN_MS, () => socket.destroy());
  // The server closes the connection once it has passed on the signal. PgBouncer drops a request whose sender closes
  // first.
  socket.resume().write(packet);
}
