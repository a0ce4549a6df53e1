// Detection of statements that only read, by their text.

const READS = /^\s*(select|with|set local|show)\b/i;
/** Keywords of statements that change or lock rows, and functions of pg-boss that do. An extra keyword does no harm. */
const CHANGES =
  /\b(insert|update|delete|merge|truncate|share|lock|nextval|setval|call)\b|advisory|pg_terminate|pgboss\.\w+\(/i;

/**
 * Returns true if a statement may be canceled without losing an effect. Such statements run in read-only transactions,
 * so PostgreSQL refuses a write that is taken for a read by mistake.
 */
export function isReadStatement(text: string): boolean {
  return READS.test(text) && !CHANGES.test(text);
}
