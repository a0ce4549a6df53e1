// Tells statements that only read from those that change rows or take locks, by their text.

const READS = /^\s*(select|with|set local|show)\b/i;
/** Words by which a statement changes or locks something, functions of pg-boss among them. A word too many does no harm. */
const CHANGES =
  /\b(insert|update|delete|merge|truncate|share|lock|nextval|setval|call)\b|advisory|pg_terminate|pgboss\.\w+\(/i;

/**
 * Whether a statement may be cancelled without an effect being lost. Such statements run in read-only transactions, so that
 * PostgreSQL refuses one that is taken for a read by mistake.
 */
export function isReadStatement(text: string): boolean {
  return READS.test(text) && !CHANGES.test(text);
}
