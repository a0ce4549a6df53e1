// Two stores with equal garments, asked thousands of questions that carry ids, cursors and addresses of the other one:
// nothing of the other is in any answer, and nothing of it changes. FITROOM_FUZZ sets how many calls, FITROOM_FUZZ_SEED which.
import { setTimeout as sleep } from 'node:timers/promises';
import { headersOf, withApp, type Asker } from '../support/app.js';
import { SERVER_URL } from '../support/database.js';
import { randomNumbers } from '../support/catalog.rows.js';
import { drawnImage } from '../support/drawn.garments.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

/** The server's rows are kept apart by the same policies as the embedded database's, at half the time for a call. */
const CALLS = Number(process.env['FITROOM_FUZZ'] ?? (SERVER_URL ? 1000 : 400));
const SEED = Number(process.env['FITROOM_FUZZ_SEED'] ?? 1);
const AT_ONCE = 8;

const ADMIN_KEY = 'the-deployments-own-key';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY } });

const GARMENTS = 30;
/** Beside the garments that both have under the same skus, one that the other has not. */
const ownSku = (store: string): string => `only-in-${store}`;
/** The one garment of its own that a store's calls change; the other has this sku too, and leaves it alone. */
const changedBy = (store: string): string => (store === 'ours' ? 'sku-6' : 'sku-7');

const ANY = ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'] as const;

interface StoreInTest extends Work {
  id: string;
  /** A word that stands in all of its garments and in nothing of the other store. */
  mark: string;
  /** One key for each role that asks. */
  keys: Record<(typeof ANY)[number], string>;
  keyIds: string[];
  garmentIds: string[];
  recommendationIds: string[];
  cursors: string[];
  imageUrls: string[];
}

let stores: [StoreInTest, StoreInTest];

const as =
  (asker: Asker) =>
  <Data>(query: string, variables: Record<string, unknown> = {}) =>
    server.data<Data>(query, variables, asker);

async function filled(id: string, images: { base64: string }[]): Promise<StoreInTest> {
  const deployment = as({ key: ADMIN_KEY, store: id });
  await as({ key: ADMIN_KEY })('mutation ($id: String!) { createStore(id: $id, name: $id) { store { id } } }', { id });
  const keys: StoreInTest['keys'] = { STOREFRONT: '', MERCHANT: '', ANALYST: '', ADMIN: '' };
  const keyIds: string[] = [];
  for (const role of ANY) {
    const { createApiKey } = await deployment<{ createApiKey: { id: string; key: string } }>(
      'mutation ($role: ApiKeyRole!) { createApiKey(role: $role, name: "fuzz") { id key } }',
      { role },
    );
    keys[role] = createApiKey.key;
    keyIds.push(createApiKey.id);
  }
  const mark = `mark-of-${id}`;
  const skus = [...Array.from({ length: GARMENTS - 1 }, (_, i) => `sku-${i}`), ownSku(id)];
  const garments = skus.map((sku, i) => ({
    sku,
    title: sampleCatalog()[i]!.title,
    brand: mark,
    price: sampleCatalog()[i]!.price,
    image: images[i % images.length],
  }));
  await deployment('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
    garments,
  });
  const { edges, recommendationIds } = await gathered(deployment);
  const work = await begun(deployment, mark);
  return {
    id,
    mark,
    keys,
    keyIds,
    garmentIds: edges.map(({ node }) => node.id),
    recommendationIds,
    cursors: edges.map(({ cursor }) => cursor),
    imageUrls: edges.map(({ node }) => node.imageUrl),
    ...work,
  };
}

interface Work {
  importIds: string[];
  goldenIds: string[];
  ruleIds: string[];
}

/** An import that fails at its one row, a golden query and a rule, each with the mark in it. */
async function begun(ask: ReturnType<typeof as>, mark: string): Promise<Work> {
  const { importCatalog, pinGoldenQuery, saveMerchandisingRule } = await ask<{
    importCatalog: { catalogImport: { id: string } };
    pinGoldenQuery: { goldenQuery: { id: string } };
    saveMerchandisingRule: { rule: { id: string } };
  }>(
    `mutation ($mark: String!) {
      importCatalog(input: { url: "http://127.0.0.1/feed" }) { catalogImport { id } }
      pinGoldenQuery(input: { name: $mark, text: $mark, expectedSkus: [$mark] }) { goldenQuery { id } }
      saveMerchandisingRule(input: { name: $mark, action: BOOST, skus: [$mark] }) { rule { id } }
    }`,
    { mark },
  );
  const { id } = importCatalog.catalogImport;
  const find = 'query ($id: ID!) { catalogImport(id: $id) { finishedAt } }';
  while ((await ask<{ catalogImport: { finishedAt: string | null } }>(find, { id })).catalogImport.finishedAt === null)
    await sleep(100);
  return {
    importIds: [id],
    goldenIds: [pinGoldenQuery.goldenQuery.id],
    ruleIds: [saveMerchandisingRule.rule.id],
  };
}

interface Edge {
  cursor: string;
  node: { id: string; imageUrl: string };
}

/** What a client of the store comes to hold: ids, cursors of three kinds, addresses of pictures. */
async function gathered(ask: ReturnType<typeof as>): Promise<{ edges: Edge[]; recommendationIds: string[] }> {
  const EDGES = 'edges { cursor node { id imageUrl } }';
  const { browse, search, recommendOutfit } = await ask<{
    browse: { edges: Edge[] };
    search: { edges: Edge[] };
    recommendOutfit: { id: string; garments: { edges: Edge[] } };
  }>(`{
    browse: garments(first: 100) { ${EDGES} }
    search: garments(search: "dress", first: 100) { ${EDGES} }
    recommendOutfit(input: { text: "red dress" }) { id garments(first: 100) { ${EDGES} } }
  }`);
  const edges = [browse, search, recommendOutfit.garments].flatMap((connection) => connection.edges);
  return { edges, recommendationIds: [recommendOutfit.id] };
}

beforeAll(async () => {
  const images = await Promise.all(sampleCatalog().slice(0, 5).map(drawnImage));
  stores = [await filled('ours', images), await filled('theirs', images)];
}, 120_000);

const GARMENT = 'id sku title brand imageUrl(width: 64)';
const NEIGHBOURS = 'similar(first: 5) { id brand imageUrl }';

type Pick = <T>(from: readonly T[]) => T;

/** A question that `mine` asks, with something of `other` in it. @returns the role that may ask it, too */
type Question = (other: StoreInTest, pick: Pick) => [keyof StoreInTest['keys'], string, Record<string, unknown>];

const WORDS = ['red dress', 'blue shirt', 'shoes', '黑色 裤子', 'warm hat without stripes'];
const CHANGERS = ['MERCHANT', 'ADMIN'] as const;

const QUESTIONS: Record<string, Question> = {
  'a recommendation going on after a cursor': (other, pick) => [
    pick(ANY),
    `query ($text: String!, $after: String!, $brand: String!) {
      recommendOutfit(input: { text: $text }) { id garments(first: 50, after: $after) { edges { cursor node { ${GARMENT} } } } }
      filtered: recommendOutfit(input: { text: $text, filter: { brands: [$brand] } }) { id status garments { nodes { ${GARMENT} } } }
    }`,
    { text: pick([...WORDS, other.mark]), after: pick(other.cursors), brand: other.mark },
  ],
  'a recommendation by a garment’s picture': (other, pick) => [
    pick(ANY),
    `query ($sku: String!) { recommendOutfit(input: { image: { sku: $sku }, text: "in blue", diversity: 0.5 }) { garments(first: 20) { nodes { ${GARMENT} } } } }`,
    { sku: pick([ownSku(other.id), 'sku-1', pick(other.garmentIds)]) },
  ],
  'the catalog after a cursor': (other, pick) => [
    pick(ANY),
    `query ($search: String, $after: String, $skus: [String!]) {
      garments(search: $search, after: $after, first: 50, filter: { excludeSkus: $skus, inStockOnly: false }) { totalCount edges { cursor node { ${GARMENT} } } }
    }`,
    { search: pick([null, other.mark, ...WORDS]), after: pick([null, ...other.cursors]), skus: [ownSku(other.id)] },
  ],
  'a garment by what only the other has': (other, pick) => [
    pick(ANY),
    `query ($sku: String!) { garment(sku: $sku) { ${GARMENT} ${NEIGHBOURS} } again: garment(sku: "sku-2") { ${GARMENT} ${NEIGHBOURS} } }`,
    { sku: pick([ownSku(other.id), pick(other.garmentIds), other.mark, 'sku-3']) },
  ],
  'what values there are': (other, pick) => [
    pick(ANY),
    'query ($brand: String!) { catalogFacets { field values { value count } } none: catalogFacets(filter: { brands: [$brand] }) { values { count } } }',
    { brand: pick([other.mark, other.id]) },
  ],
  'what a garment’s picture shows': (other, pick) => [
    pick(ANY),
    'query ($sku: String!) { classifyGarment(image: { sku: $sku }) { garmentTypes { garmentType } } }',
    { sku: pick([ownSku(other.id), pick(other.garmentIds)]) },
  ],
  'figures of the catalog': (_other, pick) => [
    pick(['MERCHANT', 'ANALYST', 'ADMIN']),
    '{ insights { catalog { garments inStock embedded byColor { value count } } } }',
    {},
  ],
  'an upsert with the other’s picture': (other, pick) => [
    pick(CHANGERS),
    `mutation ($sku: String!, $from: String!) { upsertGarments(dryRun: true, garments: [{ sku: $sku, title: "x", image: { sku: $from } }]) {
      garments { title brand imageUrl ${NEIGHBOURS} } userErrors { field code message } warnings { field code message } } }`,
    { sku: pick(['sku-4', ownSku(other.id)]), from: pick([ownSku(other.id), 'sku-5']) },
  ],
  'a change of what both have': (other, pick) => [
    pick(CHANGERS),
    `mutation ($sku: String!, $color: String!) { upsertGarments(garments: [{ sku: $sku, title: "changed", color: $color }]) { updated garments { ${GARMENT} } userErrors { code } } }`,
    { sku: changedBy(other.id === 'ours' ? 'theirs' : 'ours'), color: pick(['Red', 'Blue']) },
  ],
  'a deletion of what only the other has': (other, pick) => [
    pick(CHANGERS),
    'mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus userErrors { field code message } } }',
    { skus: [ownSku(other.id), pick(other.garmentIds)] },
  ],
  'a revocation of the other’s key': (other, pick) => [
    'ADMIN',
    'mutation ($id: ID!) { revokeApiKey(id: $id) { revoked userErrors { code } } }',
    { id: pick(other.keyIds) },
  ],
  'an import of the other': (other, pick) => [
    pick(CHANGERS),
    `query ($id: ID!) { catalogImport(id: $id) { id errors { message } } }`,
    { id: pick(other.importIds) },
  ],
  'an end of the other’s import': (other, pick) => [
    pick(CHANGERS),
    'mutation ($id: ID!) { cancelCatalogImport(id: $id) { catalogImport { id } userErrors { code } } }',
    { id: pick(other.importIds) },
  ],
  'rules and golden queries, and an end of the other’s': (other, pick) => [
    pick(CHANGERS),
    `mutation ($golden: ID!, $rule: ID!) {
      unpinGoldenQuery(id: $golden) { unpinned userErrors { code } } deleteMerchandisingRule(id: $rule) { deleted userErrors { code } }
    }`,
    { golden: pick(other.goldenIds), rule: pick(other.ruleIds) },
  ],
  'the rules and golden queries there are': () => [
    'ANALYST',
    '{ goldenQueries { id name result { found { sku } } } merchandisingRules { id name } }',
    {},
  ],
  'the keys': () => ['ADMIN', '{ apiKeys { id name role } }', {}],
};

/** What of the other store stands in an answer: its mark, a garment's or key's id, its pictures' addresses. */
function found(text: string, other: StoreInTest): string[] {
  const work = [...other.importIds, ...other.goldenIds, ...other.ruleIds];
  const ids = [...other.garmentIds, ...other.keyIds, ...other.recommendationIds, ...work];
  return [
    ...[other.mark, ownSku(other.id), `/images/${other.id}/`].filter((trace) => text.includes(trace)),
    ...ids.filter((id) => text.includes(`"id":"${id}"`)),
  ];
}

async function send(asker: Asker, query: string, variables: Record<string, unknown>) {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${server.app.url}/graphql`, { method: 'POST', headers: headersOf(asker), body });
  return { status: response.status, text: await response.text() };
}

/** A digest of every row of a store by table, without what its own calls change. */
async function stateOf(store: StoreInTest): Promise<Record<string, string>> {
  const tables = {
    stores: 'name',
    garments: 'id',
    garment_images: 'garment_id',
    garment_embeddings: 'garment_id',
    api_keys: 'id',
    imports: 'id',
    import_errors: 'id',
    golden_queries: 'id',
    merchandising_rules: 'id',
  };
  const digests = Object.entries(tables).map(async ([table, id]) => {
    const [row] = await server.app.database.query<{ digest: string }>(
      `select count(*) || ' ' || md5(string_agg((to_jsonb(t) - 'last_used_at')::text, ',' order by t.${id})) as digest from ${table} t
       where store_id = $1 and t.${id}::text not in (select id::text from garments where sku = $2)`,
      [store.id, changedBy(store.id)],
    );
    return [table, row!.digest] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

it(
  `${CALLS} calls with the other store’s ids and cursors bring nothing of it to light, and change nothing of it`,
  async () => {
    const random = randomNumbers(SEED);
    const pick: Pick = (from) => from[Math.floor(random() * from.length)]!;
    const asked = new Map<string, number>();
    const troubles: string[] = [];

    const one = async (call: number): Promise<void> => {
      const [mine, other] = random() < 0.5 ? stores : ([stores[1], stores[0]] as const);
      const kind = pick(Object.keys(QUESTIONS));
      const [role, query, variables] = QUESTIONS[kind]!(other, pick);
      const { status, text } = await send({ key: mine.keys[role] }, query, variables);
      const { data, errors } = JSON.parse(text) as {
        data?: object | null;
        errors?: { extensions: { code: string } }[];
      };
      const codes = (errors ?? []).map(({ extensions }) => extensions.code);
      if (data && codes.length === 0) asked.set(kind, (asked.get(kind) ?? 0) + 1);
      const traces = found(text, other);
      if (traces.length > 0) troubles.push(`call ${call}, ${kind}, as ${role} of ${mine.id}: ${traces.join(', ')}`);
      const expected = ['GARMENT_NOT_FOUND', 'CURSOR_INVALID'];
      if (codes.some((code) => !expected.includes(code)) || status >= 500)
        troubles.push(`call ${call}, ${kind}: ${status} ${text}`);
    };
    const before = await Promise.all(stores.map(stateOf));
    for (let call = 0; call < CALLS; call += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, CALLS - call) }, (_, i) => one(call + i)));

    expect(troubles).toEqual([]);
    expect(await Promise.all(stores.map(stateOf))).toEqual(before);
    // a question that was never answered shows nothing; what a picture of the other shows is refused each time
    const answered = Object.keys(QUESTIONS).filter((kind) => kind !== 'what a garment’s picture shows');
    expect([...asked.keys()].sort()).toEqual(answered.sort());
  },
  Math.max(120_000, CALLS * 400),
);

interface OwnView {
  insights: { catalog: object };
  garments: { totalCount: number; nodes: { brand: string }[] };
  own: { brand: string } | null;
  none: { brand: string } | null;
}

it('counts and finds each store’s own, as if the other were not there', async () => {
  for (const [mine, other] of [stores, [stores[1], stores[0]]] as const) {
    const ask = as({ key: mine.keys.ADMIN });
    const { insights, garments, own, none } = await ask<OwnView>(
      `query ($own: String!, $other: String!) { insights { catalog { garments embedded } } garments(first: 100) { totalCount nodes { brand } }
        own: garment(sku: $own) { brand } none: garment(sku: $other) { brand } }`,
      { own: ownSku(mine.id), other: ownSku(other.id) },
    );
    expect(insights.catalog).toEqual({ garments: GARMENTS, embedded: GARMENTS });
    expect(garments.totalCount).toBe(GARMENTS);
    expect(new Set(garments.nodes.map(({ brand }) => brand))).toEqual(new Set([mine.mark]));
    expect({ own, none }).toEqual({ own: { brand: mine.mark }, none: null });
  }
});

it('lets no key into the other store by its header', async () => {
  for (const [mine, other] of [stores, [stores[1], stores[0]]] as const) {
    for (const key of Object.values(mine.keys)) {
      const { status, text } = await send({ key, store: other.id }, '{ garments { nodes { sku } } }', {});
      expect({ status, code: JSON.parse(text).errors[0].extensions.code }).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
  }
});

it('serves a picture under the address of its own store only', async () => {
  const [ours, theirs] = stores;
  const url = new URL(ours.imageUrls[0]!);
  expect((await fetch(url)).status).toBe(200);
  url.pathname = url.pathname.replace(`/${ours.id}/`, `/${theirs.id}/`);
  expect((await fetch(url)).status).toBe(404);
});
