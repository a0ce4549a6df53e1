// Counts of a blind panel: how often people preferred our outfit.
import { wilsonInterval } from '../../src/domain/analytics/wilson.interval.js';
import { CannotRun } from '../../src/cli/exit.js';

export interface PanelResult {
  /** Pairs that have an answer. */
  judged: number;
  /** Pairs in which neither outfit was better. */
  ties: number;
  /** Pairs in which our outfit was better. */
  preferred: number;
  /** preferred ÷ (judged − ties). `low` and `high` are its 95 % Wilson interval (Probable inference, JASA 22, 1927). */
  share: number;
  low: number;
  high: number;
}

/**
 * Counts the answers of a panel.
 * @param answers one line for each pair: its number and A, B or =; `#` begins a comment
 * @param key the side of our outfit, from pair 1
 * @throws CannotRun naming a malformed line or a pair that has two answers
 */
export function countPanel(answers: string, key: readonly ('A' | 'B')[]): PanelResult {
  const answerByPair = new Map<number, string>();
  answers.split('\n').forEach((line, i) => {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') return;
    const [, number, side] = /^(\d+)\s+([AB=])$/i.exec(text) ?? [];
    const pair = Number(number);
    if (side === undefined || !(pair >= 1 && pair <= key.length)) {
      throw new CannotRun(`Line ${i + 1} is not an answer such as "12 A" for one of ${key.length} pairs: ${line}`);
    }
    if (answerByPair.has(pair)) throw new CannotRun(`Line ${i + 1}: pair ${pair} has two answers.`);
    answerByPair.set(pair, side.toUpperCase());
  });
  const sides = [...answerByPair];
  const preferred = sides.filter(([pair, side]) => side === key[pair - 1]).length;
  const ties = sides.filter(([, side]) => side === '=').length;
  return { judged: sides.length, ties, preferred, ...wilson(preferred, sides.length - ties) };
}

/** Returns a share with its 95 % Wilson interval; the interval is 0…1 if `rows` is 0. */
export function wilson(hits: number, rows: number): { share: number; low: number; high: number } {
  const { value: share, low, high } = wilsonInterval(hits, rows) ?? { value: 0, low: 0, high: 1 };
  return { share, low, high };
}
