// Past answers given again: the same to the bit while nothing has changed, and otherwise with the name of what did.
// FITROOM_REPLAYS sets how many; 5,000 take some minutes.
import { scoreWithoutMmr } from '../../src/domain/recommend/ranking.js';
import type { Recommendation } from '../../src/domain/recommend/recommendation.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { answered, replayOf, upsert, variedRequest } from '../support/past.recommendations.js';

const ANSWERS = Number(process.env['FITROOM_REPLAYS'] ?? 56);
const EDITS = 50;
const ctx = { storeId: DEFAULT_STORE_ID };
const server = withApp({ sample: true });

const like = (recommendationId: string, skus: string[], shopper: string) =>
  server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
    events: skus.map((sku) => ({ recommendationId, sku, shopper, kind: 'CART' })),
  });

describe('a replay', () => {
  it('is the same to the last bit while nothing has changed, for every kind of request and whatever the shopper did since', async () => {
    const ids: string[] = [];
    let next = 0;
    const shopping = async (whose: string): Promise<void> => {
      for (let i = next++; i < ANSWERS; i = next++) {
        const asked = (await variedRequest(i)) as { shopper?: string };
        // nobody asks while they click: what is on its way then counts for the replay and may not have counted for the answer
        const shopper = asked.shopper && `${asked.shopper} ${whose}`;
        const input = { ...asked, shopper };
        const { id, skus } = await answered(server, input);
        ids.push(id);
        if (shopper !== undefined && skus.length > 3) await like(id, skus.slice(1, 3), shopper);
      }
    };
    // at once, so that they are encoded in batches, and asked again alone
    await Promise.all(['a', 'b', 'c', 'd'].map(shopping));
    const otherwise: object[] = [];
    for (const id of ids) {
      const replay = await replayOf(server, id);
      if (!replay.identical || replay.changes.length > 0) otherwise.push({ id, ...replay });
    }
    expect(otherwise).toEqual([]);
  }, 1_800_000);

  it('names of fifty edits exactly those that moved a place', async () => {
    const requests = await Promise.all(Array.from({ length: 40 }, (_, i) => requestOfNobody(i)));
    const answers: { id: string; before: Recommendation }[] = [];
    for (const input of requests) {
      const { id } = await answered(server, input);
      answers.push({ id, before: await ranking(input) });
    }
    const kinds = await fiftyEdits();
    for (const [i, { id, before }] of answers.entries()) {
      const expected = movedAmong(kinds, before, await ranking(requests[i]!));
      const { identical, changes } = await replayOf(server, id);
      expect({ i, garments: changes.filter((change) => change.startsWith('garment ')).sort() }).toEqual({
        i,
        garments: (await expected).sort(),
      });
      // what else there can be: edited titles make their words commoner or rarer, and what is varied hangs on what stands below
      const others = (requests[i]!.diversity ?? 0) > 0 ? /^(garment |words: |diversity: )/ : /^(garment |words: )/;
      expect(changes.filter((change) => !others.test(change))).toEqual([]);
      expect(identical).toBe(changes.length === 0);
    }
  }, 120_000);
});

/** Without a shopper, whose taste the ground truth below does not know. */
async function requestOfNobody(i: number): Promise<{ diversity?: number }> {
  const { shopper: _, ...input } = (await variedRequest(i)) as { shopper?: string; diversity?: number };
  return input;
}

/** The whole ranking, from within. */
async function ranking(input: object): Promise<Recommendation> {
  const { image, ...given } = input as { image?: { sku?: string; base64?: string } };
  const source = image?.sku !== undefined ? { kind: 'sku' as const, sku: image.sku } : null;
  const bytes = image?.base64 === undefined ? null : { kind: 'base64' as const, data: image.base64 };
  return server.app.own.unloggedRecommend.recommend(ctx, { ...given, image: source ?? bytes }, 12);
}

/** Ten each of new garments, new words, new prices, sold out and deleted. @returns what was done by sku */
async function fiftyEdits(): Promise<Map<string, string>> {
  const catalog = sampleCatalog().filter(({ inStock }) => inStock);
  const group = (n: number) => catalog.filter((_, i) => i % 25 === n).slice(0, EDITS / 5);
  const [worded, priced, sold, gone, copied] = [1, 5, 9, 13, 17].map(group) as [
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
  ];
  await upsert(
    server,
    worded.map(({ sku, title }) => ({ sku, title: `Striped linen ${title}` })),
  );
  await upsert(
    server,
    priced.map(({ sku, title }) => ({ sku, title, price: { amount: '1.23', currency: 'EUR' } })),
  );
  await upsert(
    server,
    sold.map(({ sku, title }) => ({ sku, title, inStock: false })),
  );
  await upsert(
    server,
    copied.map(({ sku, title }) => ({ sku: `copy-${sku}`, title: `Another ${title}`, image: { sku } })),
  );
  await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
    skus: gone.map(({ sku }) => sku),
  });
  return new Map([
    ...worded.map(({ sku }) => [sku, 'edited'] as const),
    ...priced.map(({ sku }) => [sku, 'edited'] as const),
    ...sold.map(({ sku }) => [sku, 'sold out'] as const),
    ...gone.map(({ sku }) => [sku, 'removed'] as const),
    ...copied.map(({ sku }) => [`copy-${sku}`, 'added'] as const),
  ]);
}

/** By both whole rankings: what was changed, is in either top, and does not have the score that it had. */
async function movedAmong(
  kinds: ReadonlyMap<string, string>,
  before: Recommendation,
  after: Recommendation,
): Promise<string[]> {
  const scores = [before, after].map(
    ({ ranked }) => new Map(ranked.map((row) => [row.garmentId, scoreWithoutMmr(row)])),
  );
  const top = new Set([before, after].flatMap(({ ranked }) => ranked.slice(0, 12).map(({ garmentId }) => garmentId)));
  const moved: string[] = [];
  for (const id of top) {
    if (scores[0]!.get(id) === scores[1]!.get(id)) continue;
    const sku = await skuOf(id);
    const kind = kinds.get(sku);
    if (kind) moved.push(`garment ${kind}: ${sku}`);
  }
  return moved;
}

const skus = new Map<string, string>();

/** Garments that are gone by now included. */
async function skuOf(id: string): Promise<string> {
  if (skus.size === 0) throw new Error('remember the catalog first');
  const known = skus.get(id);
  if (known) return known;
  const [row] = await server.app.database.query<{ sku: string }>('select sku from garments where id = $1', [id]);
  return row!.sku;
}

beforeAll(async () => {
  const rows = await server.app.database.query<{ id: string; sku: string }>('select id::text, sku from garments');
  for (const { id, sku } of rows) skus.set(id, sku);
});
