// A switch from the tiny bundle to fitroom-v2: its operations, and garments to store.
import type { Reembedding } from '../../src/domain/jobs/reembedding.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { drawnImage } from './drawn.garments.js';

export const OLD_MODEL = 'tiny-bundle@1.0.0';
export const NEW_BUNDLE = 'fitroom-v2';

const FIELDS = `id model fromModel state phase total done minOverlap rereading switchedAt finishedAt
  report { parts { name requests overlapAt10 rankCorrelation } golden { queries wins { name } losses { name } } } error { code message }`;

export type Switch = Omit<Reembedding, 'switchedAt' | 'finishedAt'> & {
  switchedAt: string | null;
  finishedAt: string | null;
};
export interface ReembeddingPayload {
  reembedding: Switch | null;
  userErrors: { field: string[]; code: string }[];
}
/** Sends an operation that must succeed. */
type Send = <Data>(query: string, variables?: Record<string, unknown>) => Promise<Data>;

export class Switches {
  constructor(private readonly send: Send) {}

  async start(model: string, minOverlap: number | null = null): Promise<ReembeddingPayload> {
    const query = `mutation ($model: String!, $minOverlap: Float) {
      startReembedding(model: $model, minOverlap: $minOverlap) { reembedding { ${FIELDS} } userErrors { field code } }
    }`;
    return (await this.send<{ startReembedding: ReembeddingPayload }>(query, { model, minOverlap })).startReembedding;
  }

  async order(
    what: 'finishReembedding' | 'rollbackReembedding' | 'endReembedding',
    id: string,
  ): Promise<ReembeddingPayload> {
    const query = `mutation ($id: ID!) { ${what}(id: $id) { reembedding { ${FIELDS} } userErrors { field code } } }`;
    return (await this.send<Record<string, ReembeddingPayload>>(query, { id }))[what]!;
  }

  async find(id: string): Promise<Switch | null> {
    const query = `query ($id: ID!) { reembedding(id: $id) { ${FIELDS} } }`;
    return (await this.send<{ reembedding: Switch | null }>(query, { id })).reembedding;
  }

  /** Polls the re-embedding every 100 ms until `reached` accepts it, and returns it. */
  async until(id: string, reached: (at: Switch) => boolean, withinMs = 60_000): Promise<Switch> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const at = (await this.find(id))!;
      if (reached(at)) return at;
      if (Date.now() > deadline)
        throw new Error(`the re-embedding did not reach the expected state: ${JSON.stringify(at)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export const isOver = ({ state }: Switch): boolean => state !== 'QUEUED' && state !== 'RUNNING';

/** Returns drawn garments as input for upsertGarments. */
export async function drawnInputs(count: number, more: { prefix?: string; brand?: string } = {}): Promise<object[]> {
  const { prefix = '', brand } = more;
  const garments = sampleCatalog().slice(0, count);
  return Promise.all(
    garments.map(async (garment) => ({
      sku: `${prefix}${garment.sku}`,
      title: garment.title,
      brand,
      price: { amount: '20', currency: 'EUR' },
      image: await drawnImage(garment),
    })),
  );
}
