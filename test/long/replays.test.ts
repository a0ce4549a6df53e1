// Replays of many logged recommendations, without changes and after fifty edits.
// FITROOM_REPLAYS sets their number; 5,000 take a few minutes.
import { scoreWithoutMmr } from '../../src/domain/recommend/ranking.js';
import type { Recommendation } from '../../src/domain/recommend/recommendation.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { recommendationFor, replayOf, upsert, variedRequest } from '../support/past.recommendations.js';

const REPLAYS = Number(process.env['FITROOM_REPLAYS'] ?? 56);
const EDITS = 50;
const ctx = { storeId: DEFAULT_STORE_ID };
const server = withApp({ sample: true });

const like = (recommendationId: string, skus: string[], shopper: string) =>
  server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
    events: skus.map((sku) => ({ recommendationId, sku, shopper, kind: 'CART' })),
  });

describe('a replay', () => {
  it('is bit-identical while nothing has changed, for every kind of request and regardless of later events of the shopper', async () => {
    const ids: string[] = [];
    let next = 0;
    const requestAll = async (suffix: string): Promise<void> => {
      for (let i = next++; i < REPLAYS; i = next++) {
        const varied = (await variedRequest(i)) as { shopper?: string };
        // Each shopper sends one request at a time and clicks afterwards. If the two overlapped, the replay could count
        // a click that the recommendation did not count.
        const shopper = varied.shopper && `${varied.shopper} ${suffix}`;
        const input = { ...varied, shopper };
        const { id, skus } = await recommendationFor(server, input);
        ids.push(id);
        if (shopper !== undefined && skus.length > 3) await like(id, skus.slice(1, 3), shopper);
      }
    };
    // The requests run at once and are encoded in batches. The replays run alone.
    await Promise.all(['a', 'b', 'c', 'd'].map(requestAll));
    const different: object[] = [];
    for (const id of ids) {
      const replay = await replayOf(server, id);
      if (!replay.identical || replay.changes.length > 0) different.push({ id, ...replay });
    }
    expect(different).toEqual([]);
  }, 1_800_000);

  it('names exactly those of fifty edits that changed the ranking', async () => {
    const requests = await Promise.all(Array.from({ length: 40 }, (_, i) => anonymousRequest(i)));
    const logged: { id: string; before: Recommendation }[] = [];
    for (const input of requests) {
      const { id } = await recommendationFor(server, input);
      logged.push({ id, before: await ranking(input) });
    }
    const kinds = await fiftyEdits();
    for (const [i, { id, before }] of logged.entries()) {
      const expected = effectiveEdits(kinds, before, await ranking(requests[i]!));
      const { identical, changes } = await replayOf(server, id);
      expect({ i, garments: changes.filter((change) => change.startsWith('garment ')).sort() }).toEqual({
        i,
        garments: (await expected).sort(),
      });
      // Other possible changes: edited titles make their terms more or less frequent, and diversity depends on lower
      // ranks.
      const otherChanges =
        (requests[i]!.diversity ?? 0) > 0 ? /^(garment |words: |diversity: )/ : /^(garment |words: )/;
      expect(changes.filter((change) => !otherChanges.test(change))).toEqual([]);
      expect(identical).toBe(changes.length === 0);
    }
  }, 120_000);
});

/** Returns a request without a shopper, because the expected changes below ignore shopper profiles. */
async function anonymousRequest(i: number): Promise<{ diversity?: number }> {
  const { shopper: _, ...input } = (await variedRequest(i)) as { shopper?: string; diversity?: number };
  return input;
}

/** Returns the whole ranking from the service itself. */
async function ranking(input: object): Promise<Recommendation> {
  const { image, ...rest } = input as { image?: { sku?: string; base64?: string } };
  const source = image?.sku !== undefined ? { kind: 'sku' as const, sku: image.sku } : null;
  const bytes = image?.base64 === undefined ? null : { kind: 'base64' as const, data: image.base64 };
  return server.app.own.unloggedRecommend.recommend(ctx, { ...rest, image: source ?? bytes }, 12);
}

/** Adds, renames, reprices, sells out and deletes ten garments each. @returns the kind of edit by SKU */
async function fiftyEdits(): Promise<Map<string, string>> {
  const catalog = sampleCatalog().filter(({ inStock }) => inStock);
  const group = (n: number) => catalog.filter((_, i) => i % 25 === n).slice(0, EDITS / 5);
  const [renamed, priced, sold, deleted, copied] = [1, 5, 9, 13, 17].map(group) as [
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
  ];
  await upsert(
    server,
    renamed.map(({ sku, title }) => ({ sku, title: `Striped linen ${title}` })),
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
    skus: deleted.map(({ sku }) => sku),
  });
  return new Map([
    ...renamed.map(({ sku }) => [sku, 'edited'] as const),
    ...priced.map(({ sku }) => [sku, 'edited'] as const),
    ...sold.map(({ sku }) => [sku, 'sold out'] as const),
    ...deleted.map(({ sku }) => [sku, 'removed'] as const),
    ...copied.map(({ sku }) => [`copy-${sku}`, 'added'] as const),
  ]);
}

/** Returns the edited garments that are among the top 12 of either ranking and whose score changed. */
async function effectiveEdits(
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

/** Returns the SKU of a garment, including deleted garments. */
async function skuOf(id: string): Promise<string> {
  if (skus.size === 0) throw new Error('the SKUs have not been loaded');
  const known = skus.get(id);
  if (known) return known;
  const [row] = await server.app.database.query<{ sku: string }>('select sku from garments where id = $1', [id]);
  return row!.sku;
}

beforeAll(async () => {
  const rows = await server.app.database.query<{ id: string; sku: string }>('select id::text, sku from garments');
  for (const { id, sku } of rows) skus.set(id, sku);
});
