// Small damages to bytes: bit flips, removals, insertions, repetitions, and truncation.
import fc from 'fast-check';

export interface Mutation {
  change: 'turn' | 'remove' | 'insert' | 'repeat' | 'cut';
  /** Position as a share of the whole length. */
  at: number;
  length: number;
  text: string;
}

const INSERTIONS = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  ';',
  '--',
  '=',
  '\ud800',
  '\u00ff',
  '\ufeff',
  '1e999',
  'null',
  '__proto__',
];

const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    change: fc.constantFrom<Mutation['change']>('turn', 'turn', 'remove', 'insert', 'insert', 'repeat', 'cut'),
    at: fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
    length: fc.integer({ min: 1, max: 40 }),
    text: fc.constantFrom(...INSERTIONS),
  }),
  { maxLength: 4 },
);

/** Damages of a case. Half of the cases have none. */
export const someMutations: fc.Arbitrary<readonly Mutation[]> = fc.oneof(fc.constant([]), mutations);

export function mutated(bytes: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce((whole, change) => mutatedOnce(whole, change), bytes);
}

function mutatedOnce(bytes: Buffer, { change, at, length, text }: Mutation): Buffer {
  const place = Math.floor(at * bytes.length);
  const before = bytes.subarray(0, place);
  const here = bytes.subarray(place, place + length);
  const after = bytes.subarray(place + length);
  switch (change) {
    case 'turn':
      return Buffer.concat([before, here.map((byte, i) => byte ^ (1 << ((i + length) % 8))), after]);
    case 'remove':
      return Buffer.concat([before, after]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(text), here, after]);
    case 'repeat':
      return Buffer.concat([before, here, here, here, after]);
    case 'cut':
      return Buffer.from(before);
  }
}
