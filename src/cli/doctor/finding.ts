// Owns what a check of the doctor finds, and how it is told.

/** ok: fine. note: fine, but worth knowing. wrong: fitroom will not run as it is set up. */
export type Verdict = 'ok' | 'note' | 'wrong';

export interface Finding {
  /** What was looked at: 'node', 'port'. */
  subject: string;
  verdict: Verdict;
  /** What was found, in one line. */
  found: string;
  /** What to do about it. */
  advice?: string;
}

const MARKS: Record<Verdict, string> = { ok: '✓', note: '•', wrong: '✗' };

/** One finding as text, its advice on lines of its own. */
export function findingLines({ subject, verdict, found, advice }: Finding): string {
  const indent = ' '.repeat(15);
  const more = advice ? `\n${advice.replace(/^/gm, `${indent}→ `)}` : '';
  return `${MARKS[verdict]} ${subject.padEnd(12)} ${found.replace(/\n/g, `\n${indent}`)}${more}`;
}
