// What judges preferred, once the sides are known. Pure.
import { wilsonInterval } from '../../src/domain/analytics/wilson.interval.js';
import { CannotRun } from '../../src/cli/exit.js';

export interface PanelResult {
  /** Pairs that were judged, and of these the ones where neither was better. */
  judged: number;
  ties: number;
  preferred: number;
  /** Of those without a tie; its 95 % interval by Wilson (Probable inference, JASA 22, 1927). */
  share: number;
  low: number;
  high: number;
}

/**
 * @param answers lines of a pair's number and A, B or =; a `#` begins a remark
 * @param key which side is ours, from pair 1
 * @throws CannotRun naming the line that is none, or a pair that is judged twice
 */
export function countPanel(answers: string, key: readonly ('A' | 'B')[]): PanelResult {
  const judged = new Map<number, string>();
  answers.split('\n').forEach((line, i) => {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') return;
    const [, number, side] = /^(\d+)\s+([AB=])$/i.exec(text) ?? [];
    const pair = Number(number);
    if (side === undefined || !(pair >= 1 && pair <= key.length)) {
      throw new CannotRun(`Line ${i + 1} is no answer such as "12 A", to one of ${key.length} pairs: ${line}`);
    }
    if (judged.has(pair)) throw new CannotRun(`Line ${i + 1}: pair ${pair} is judged twice.`);
    judged.set(pair, side.toUpperCase());
  });
  const sides = [...judged];
  const preferred = sides.filter(([pair, side]) => side === key[pair - 1]).length;
  const ties = sides.filter(([, side]) => side === '=').length;
  return { judged: sides.length, ties, preferred, ...wilson(preferred, sides.length - ties) };
}

/** A share with its 95 % interval; 0…1 without any row. */
export function wilson(hits: number, rows: number): { share: number; low: number; high: number } {
  const { value: share, low, high } = wilsonInterval(hits, rows) ?? { value: 0, low: 0, high: 1 };
  return { share, low, high };
}
