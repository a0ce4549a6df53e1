// Instants that both databases and ISO 8601 write with four digits for the year.

/** The first and the last millisecond of the years 1 to 9999, in UTC. */
export const EARLIEST = new Date('0001-01-01T00:00:00.000Z');
export const LATEST = new Date('9999-12-31T23:59:59.999Z');

/** True if an instant lies in the years 1 to 9999 in UTC; an offset may lead out of them. */
export function isStorableInstant(at: Date): boolean {
  return at >= EARLIEST && at <= LATEST;
}
