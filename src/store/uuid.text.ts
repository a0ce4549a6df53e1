// Ids that come from outside, as PostgreSQL reads them: what is none is no row, and not a failed cast.

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
