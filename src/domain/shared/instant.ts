// Instants with a four-digit year, the range that both databases and ISO 8601 support.

/** The first and the last millisecond of the years 1 to 9999, in UTC. */
export const EARLIEST = new Date('0001-01-01T00:00:00.000Z');
export const LATEST = new Date('9999-12-31T23:59:59.999Z');

/**
 * Returns true if an instant lies in the years 1 to 9999 in UTC. A time zone offset can move an instant out of this
 * range.
 */
export function isStorableInstant(at: Date): boolean {
  return at >= EARLIEST && at <= LATEST;
}
