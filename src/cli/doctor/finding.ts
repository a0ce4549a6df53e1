// Result of a doctor check, and its text.

/** ok: works. note: works, with a remark. wrong: fitroom does not run with this setup. */
export type Verdict = 'ok' | 'note' | 'wrong';

export interface Finding {
  /** Subject of the check, for example 'node' or 'port'. */
  subject: string;
  verdict: Verdict;
  /** Result in one line. */
  found: string;
  /** How to fix the problem. */
  advice?: string;
}

const MARKS: Record<Verdict, string> = { ok: '✓', note: '•', wrong: '✗' };

/** Returns a finding as text, with its advice on separate lines. */
export function findingLines({ subject, verdict, found, advice }: Finding): string {
  const indent = ' '.repeat(15);
  const adviceLines = advice ? `\n${advice.replace(/^/gm, `${indent}→ `)}` : '';
  return `${MARKS[verdict]} ${subject.padEnd(12)} ${found.replace(/\n/g, `\n${indent}`)}${adviceLines}`;
}
