// Kinds of hostile input: generation from a seed, description and execution of a case.
import fc from 'fast-check';
import type { WatchedServer } from './watched.server.js';

/** Behavior that a server must never show. */
export class Fault extends Error {}

export interface FuzzCase {
  /** Kind and number or title, for example `multipart#12`. The name and the seed identify the case. */
  name: string;
  readonly description: string;
  /** True: the case runs alone, because in a group its cost could not be distinguished from that of others. */
  isLarge: boolean;
  /** @throws Fault */
  run(server: WatchedServer): Promise<void>;
}

export interface FuzzKind {
  name: string;
  /** Percentage of random cases that are of this kind. */
  share: number;
  /** Inputs that once caused a fault. */
  known: FuzzCase[];
  caseOf(seed: number, index: number): FuzzCase;
}

interface KindParts<Input> {
  name: string;
  share: number;
  arbitrary: fc.Arbitrary<Input>;
  /** Known inputs by title. */
  known: Record<string, Input>;
  isLarge(input: Input): boolean;
  /** @throws Fault */
  run(input: Input, server: WatchedServer): Promise<void>;
}

const LONGEST_DESCRIPTION = 600;

export function fuzzKind<Input>(parts: KindParts<Input>): FuzzKind {
  const { name, share, arbitrary, known } = parts;
  const caseOf = (title: string, input: Input): FuzzCase => ({
    name: title,
    // The text is built only for a fault, because some inputs have 300,000 parts.
    get description() {
      return fc.stringify(input).slice(0, LONGEST_DESCRIPTION);
    },
    isLarge: parts.isLarge(input),
    run: (server) => parts.run(input, server),
  });
  return {
    name,
    share,
    known: Object.entries(known).map(([title, input]) => caseOf(`${name}: ${title}`, input)),
    caseOf(seed, index) {
      // Each case has its own seed, so it can be generated without the cases before it.
      const [input] = fc.sample(arbitrary, { seed: seed * 1_000_003 + index, numRuns: 1, unbiased: true });
      return caseOf(`${name}#${index}`, input!);
    },
  };
}

/** Returns numbers from 1 to `most`, with small numbers as frequent as large ones. */
export function sizeUpTo(most: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 10_000 }).map((n) => Math.floor(most ** ((n / 10_000) ** 1.5)));
}

/** Senders of a case: a shop's page, a client without a key, and the deployment. */
export const CALLERS = ['STOREFRONT', 'NOBODY', 'DEPLOYMENT'] as const;
export type FuzzCaller = (typeof CALLERS)[number];
export const someCaller = fc.constantFrom<FuzzCaller>('STOREFRONT', 'STOREFRONT', 'NOBODY', 'DEPLOYMENT');
