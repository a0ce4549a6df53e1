// Kinds of hostile input: how one is made up from a seed, written down, and sent.
import fc from 'fast-check';
import type { WatchedServer } from './watched.server.js';

/** Something that a server must never do. */
export class Fault extends Error {}

export interface FuzzCase {
  /** The kind and a number or a title: `multipart#12`. With the seed it names the same case again. */
  name: string;
  readonly description: string;
  /** Whether it runs alone, since beside others it could not be told which of them cost how much. */
  isLarge: boolean;
  /** @throws Fault */
  run(server: WatchedServer): Promise<void>;
}

export interface FuzzKind {
  name: string;
  /** How many of 100 random cases are of this kind. */
  share: number;
  /** Inputs that showed a fault once. */
  known: FuzzCase[];
  caseOf(seed: number, index: number): FuzzCase;
}

interface KindParts<Given> {
  name: string;
  share: number;
  arbitrary: fc.Arbitrary<Given>;
  /** By what they show. */
  known: Record<string, Given>;
  isLarge(given: Given): boolean;
  /** @throws Fault */
  run(given: Given, server: WatchedServer): Promise<void>;
}

const LONGEST_DESCRIPTION = 600;

export function fuzzKind<Given>(parts: KindParts<Given>): FuzzKind {
  const { name, share, arbitrary, known } = parts;
  const caseOf = (title: string, given: Given): FuzzCase => ({
    name: title,
    // written only for a fault: some inputs have 300,000 parts
    get description() {
      return fc.stringify(given).slice(0, LONGEST_DESCRIPTION);
    },
    isLarge: parts.isLarge(given),
    run: (server) => parts.run(given, server),
  });
  return {
    name,
    share,
    known: Object.entries(known).map(([title, given]) => caseOf(`${name}: ${title}`, given)),
    caseOf(seed, index) {
      // a case of its own seed is made again without those before it
      const [given] = fc.sample(arbitrary, { seed: seed * 1_000_003 + index, numRuns: 1, unbiased: true });
      return caseOf(`${name}#${index}`, given!);
    },
  };
}

/** Numbers from 1 to `most`, as many small ones as large ones. */
export function sizeUpTo(most: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 10_000 }).map((n) => Math.floor(most ** ((n / 10_000) ** 1.5)));
}

/** Who sends a case: a shop's page, somebody without a key, the deployment. */
export const CALLERS = ['STOREFRONT', 'NOBODY', 'DEPLOYMENT'] as const;
export type FuzzCaller = (typeof CALLERS)[number];
export const someCaller = fc.constantFrom<FuzzCaller>('STOREFRONT', 'STOREFRONT', 'NOBODY', 'DEPLOYMENT');
