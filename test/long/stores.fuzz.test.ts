// Two stores with equal garments, called thousands of times with ids and cursors of the other.
// FITROOM_FUZZ sets the number of calls, FITROOM_FUZZ_SEED the seed.
import { setTimeout as sleep } from 'node:timers/promises';
import { headersOf, withApp, type Credentials } from '../support/app.js';
import { SERVER_URL } from '../support/database.js';
import { randomNumbers } from '../support/catalog.rows.js';
import { drawnImage } from '../support/drawn.garments.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

/** The policies on a PostgreSQL server are the same as on the embedded database, and a call takes half the time. */
const CALLS = Number(process.env['FITROOM_FUZZ'] ?? (SERVER_URL ? 1000 : 400));
const SEED = Number(process.env['FITROOM_FUZZ_SEED'] ?? 1);
const AT_ONCE = 8;

const ADMIN_KEY = 'the-deployments-own-key';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY } });

const GARMENTS = 30;
/** Returns the SKU of a garment that only this store has, in addition to the SKUs that both have. */
const ownSku = (store: string): string => `only-in-${store}`;
/**
 * Returns the SKU of the only garment that calls of this store change. The other store has this SKU too and does not
 * change it.
 */
const changedBy = (store: string): string => (store === 'ours' ? 'sku-6' : 'sku-7');

const ALL_ROLES = ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'] as const;

interface StoreInTest extends Work {
  id: string;
  /** A word that occurs in all garments of this store and nowhere in the other. */
  mark: string;
  /** One key for each role. */
  keys: Record<(typeof ALL_ROLES)[number], string>;
  keyIds: string[];
  garmentIds: string[];
  recommendationIds: string[];
  cursors: string[];
  imageUrls: string[];
}

let stores: [StoreInTest, StoreInTest];

const callAs =
  (credentials: Credentials) =>
  <Data>(query: string, variables: Record<string, unknown> = {}) =>
    server.data<Data>(query, variables, credentials);

async function fill(id: string, images: { base64: string }[]): Promise<StoreInTest> {
  const deployment = callAs({ key: ADMIN_KEY, store: id });
  await callAs({ key: ADMIN_KEY })('mutation ($id: String!) { createStore(id: $id, name: $id) { store { id } } }', {
    id,
  });
  const keys: StoreInTest['keys'] = { STOREFRONT: '', MERCHANT: '', ANALYST: '', ADMIN: '' };
  const keyIds: string[] = [];
  for (const role of ALL_ROLES) {
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
  const { edges, recommendationIds } = await gather(deployment);
  const work = await createWork(deployment, mark);
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

/** Creates an import that fails at its only row, a golden query and a rule, each containing the mark. */
async function createWork(call: ReturnType<typeof callAs>, mark: string): Promise<Work> {
  const { importCatalog, pinGoldenQuery, saveMerchandisingRule } = await call<{
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
  while ((await call<{ catalogImport: { finishedAt: string | null } }>(find, { id })).catalogImport.finishedAt === null)
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

/** Returns what a client of the store obtains: ids, cursors of three kinds, and URLs of pictures. */
async function gather(call: ReturnType<typeof callAs>): Promise<{ edges: Edge[]; recommendationIds: string[] }> {
  const EDGES = 'edges { cursor node { id imageUrl } }';
  const { browse, search, recommendOutfit } = await call<{
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
  stores = [await fill('ours', images), await fill('theirs', images)];
}, 120_000);

const GARMENT = 'id sku title brand imageUrl(width: 64)';
const NEIGHBORS = 'similar(first: 5) { id brand imageUrl }';

type Pick = <T>(from: readonly T[]) => T;

/** Returns a call with ids of the store `other`: a role that may send it, the operation and its variables. */
type CallOf = (other: StoreInTest, pick: Pick) => [keyof StoreInTest['keys'], string, Record<string, unknown>];

const TEXTS = ['red dress', 'blue shirt', 'shoes', '黑色 裤子', 'warm hat without stripes'];
const WRITERS = ['MERCHANT', 'ADMIN'] as const;

const CALL_KINDS: Record<string, CallOf> = {
  'a recommendation page after a cursor': (other, pick) => [
    pick(ALL_ROLES),
    `query ($text: String!, $after: String!, $brand: String!) {
      recommendOutfit(input: { text: $text }) { id garments(first: 50, after: $after) { edges { cursor node { ${GARMENT} } } } }
      filtered: recommendOutfit(input: { text: $text, filter: { brands: [$brand] } }) { id status garments { nodes { ${GARMENT} } } }
    }`,
    { text: pick([...TEXTS, other.mark]), after: pick(other.cursors), brand: other.mark },
  ],
  'a recommendation by a garment’s picture': (other, pick) => [
    pick(ALL_ROLES),
    `query ($sku: String!) { recommendOutfit(input: { image: { sku: $sku }, text: "in blue", diversity: 0.5 }) { garments(first: 20) { nodes { ${GARMENT} } } } }`,
    { sku: pick([ownSku(other.id), 'sku-1', pick(other.garmentIds)]) },
  ],
  'the catalog after a cursor': (other, pick) => [
    pick(ALL_ROLES),
    `query ($search: String, $after: String, $skus: [String!]) {
      garments(search: $search, after: $after, first: 50, filter: { excludeSkus: $skus, inStockOnly: false }) { totalCount edges { cursor node { ${GARMENT} } } }
    }`,
    { search: pick([null, other.mark, ...TEXTS]), after: pick([null, ...other.cursors]), skus: [ownSku(other.id)] },
  ],
  'a garment by a SKU or id of the other': (other, pick) => [
    pick(ALL_ROLES),
    `query ($sku: String!) { garment(sku: $sku) { ${GARMENT} ${NEIGHBORS} } again: garment(sku: "sku-2") { ${GARMENT} ${NEIGHBORS} } }`,
    { sku: pick([ownSku(other.id), pick(other.garmentIds), other.mark, 'sku-3']) },
  ],
  'the facets': (other, pick) => [
    pick(ALL_ROLES),
    'query ($brand: String!) { catalogFacets { field values { value count } } none: catalogFacets(filter: { brands: [$brand] }) { values { count } } }',
    { brand: pick([other.mark, other.id]) },
  ],
  'a classification of a garment’s picture': (other, pick) => [
    pick(ALL_ROLES),
    'query ($sku: String!) { classifyGarment(image: { sku: $sku }) { garmentTypes { garmentType } } }',
    { sku: pick([ownSku(other.id), pick(other.garmentIds)]) },
  ],
  'the statistics of the catalog': (_other, pick) => [
    pick(['MERCHANT', 'ANALYST', 'ADMIN']),
    '{ insights { catalog { garments inStock embedded byColor { value count } } } }',
    {},
  ],
  'an upsert with the other’s picture': (other, pick) => [
    pick(WRITERS),
    `mutation ($sku: String!, $from: String!) { upsertGarments(dryRun: true, garments: [{ sku: $sku, title: "x", image: { sku: $from } }]) {
      garments { title brand imageUrl ${NEIGHBORS} } userErrors { field code message } warnings { field code message } } }`,
    { sku: pick(['sku-4', ownSku(other.id)]), from: pick([ownSku(other.id), 'sku-5']) },
  ],
  'a change of a garment that both have': (other, pick) => [
    pick(WRITERS),
    `mutation ($sku: String!, $color: String!) { upsertGarments(garments: [{ sku: $sku, title: "changed", color: $color }]) { updated garments { ${GARMENT} } userErrors { code } } }`,
    { sku: changedBy(other.id === 'ours' ? 'theirs' : 'ours'), color: pick(['Red', 'Blue']) },
  ],
  'a deletion of garments of the other': (other, pick) => [
    pick(WRITERS),
    'mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus userErrors { field code message } } }',
    { skus: [ownSku(other.id), pick(other.garmentIds)] },
  ],
  'a revocation of the other’s key': (other, pick) => [
    'ADMIN',
    'mutation ($id: ID!) { revokeApiKey(id: $id) { revoked userErrors { code } } }',
    { id: pick(other.keyIds) },
  ],
  'an import of the other': (other, pick) => [
    pick(WRITERS),
    `query ($id: ID!) { catalogImport(id: $id) { id errors { message } } }`,
    { id: pick(other.importIds) },
  ],
  'a cancellation of the other’s import': (other, pick) => [
    pick(WRITERS),
    'mutation ($id: ID!) { cancelCatalogImport(id: $id) { catalogImport { id } userErrors { code } } }',
    { id: pick(other.importIds) },
  ],
  'a deletion of the other’s golden query and rule': (other, pick) => [
    pick(WRITERS),
    `mutation ($golden: ID!, $rule: ID!) {
      unpinGoldenQuery(id: $golden) { unpinned userErrors { code } } deleteMerchandisingRule(id: $rule) { deleted userErrors { code } }
    }`,
    { golden: pick(other.goldenIds), rule: pick(other.ruleIds) },
  ],
  'the list of golden queries and rules': () => [
    'ANALYST',
    '{ goldenQueries { id name result { found { sku } } } merchandisingRules { id name } }',
    {},
  ],
  'the keys': () => ['ADMIN', '{ apiKeys { id name role } }', {}],
};

/** Returns the traces of the other store in a response: its mark, ids, and URLs of its pictures. */
function tracesOf(text: string, other: StoreInTest): string[] {
  const work = [...other.importIds, ...other.goldenIds, ...other.ruleIds];
  const ids = [...other.garmentIds, ...other.keyIds, ...other.recommendationIds, ...work];
  return [
    ...[other.mark, ownSku(other.id), `/images/${other.id}/`].filter((trace) => text.includes(trace)),
    ...ids.filter((id) => text.includes(`"id":"${id}"`)),
  ];
}

async function send(credentials: Credentials, query: string, variables: Record<string, unknown>) {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${server.app.url}/graphql`, { method: 'POST', headers: headersOf(credentials), body });
  return { status: response.status, text: await response.text() };
}

/** Returns a digest of the rows of a store by table, without the garment that its own calls change. */
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
  `${CALLS} calls with the other store’s ids and cursors reveal and change nothing of the other store`,
  async () => {
    const random = randomNumbers(SEED);
    const pick: Pick = (from) => from[Math.floor(random() * from.length)]!;
    const answeredCount = new Map<string, number>();
    const problems: string[] = [];

    const makeCall = async (call: number): Promise<void> => {
      const [own, other] = random() < 0.5 ? stores : ([stores[1], stores[0]] as const);
      const kind = pick(Object.keys(CALL_KINDS));
      const [role, query, variables] = CALL_KINDS[kind]!(other, pick);
      const { status, text } = await send({ key: own.keys[role] }, query, variables);
      const { data, errors } = JSON.parse(text) as {
        data?: object | null;
        errors?: { extensions: { code: string } }[];
      };
      const codes = (errors ?? []).map(({ extensions }) => extensions.code);
      if (data && codes.length === 0) answeredCount.set(kind, (answeredCount.get(kind) ?? 0) + 1);
      const traces = tracesOf(text, other);
      if (traces.length > 0) problems.push(`call ${call}, ${kind}, as ${role} of ${own.id}: ${traces.join(', ')}`);
      const expected = ['GARMENT_NOT_FOUND', 'CURSOR_INVALID'];
      if (codes.some((code) => !expected.includes(code)) || status >= 500)
        problems.push(`call ${call}, ${kind}: ${status} ${text}`);
    };
    const before = await Promise.all(stores.map(stateOf));
    for (let call = 0; call < CALLS; call += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, CALLS - call) }, (_, i) => makeCall(call + i)));

    expect(problems).toEqual([]);
    expect(await Promise.all(stores.map(stateOf))).toEqual(before);
    // A kind of call without a response would prove nothing. The classification of the other store's picture is refused
    // each time.
    const kinds = Object.keys(CALL_KINDS).filter((kind) => kind !== 'a classification of a garment’s picture');
    expect([...answeredCount.keys()].sort()).toEqual(kinds.sort());
  },
  Math.max(120_000, CALLS * 400),
);

interface OwnView {
  insights: { catalog: object };
  garments: { totalCount: number; nodes: { brand: string }[] };
  own: { brand: string } | null;
  none: { brand: string } | null;
}

it('reads of a store return its own rows, as if the other store did not exist', async () => {
  for (const [store, other] of [stores, [stores[1], stores[0]]] as const) {
    const call = callAs({ key: store.keys.ADMIN });
    const { insights, garments, own, none } = await call<OwnView>(
      `query ($own: String!, $other: String!) { insights { catalog { garments embedded } } garments(first: 100) { totalCount nodes { brand } }
        own: garment(sku: $own) { brand } none: garment(sku: $other) { brand } }`,
      { own: ownSku(store.id), other: ownSku(other.id) },
    );
    expect(insights.catalog).toEqual({ garments: GARMENTS, embedded: GARMENTS });
    expect(garments.totalCount).toBe(GARMENTS);
    expect(new Set(garments.nodes.map(({ brand }) => brand))).toEqual(new Set([store.mark]));
    expect({ own, none }).toEqual({ own: { brand: store.mark }, none: null });
  }
});

it('a key does not open the other store by the store header', async () => {
  for (const [store, other] of [stores, [stores[1], stores[0]]] as const) {
    for (const key of Object.values(store.keys)) {
      const { status, text } = await send({ key, store: other.id }, '{ garments { nodes { sku } } }', {});
      expect({ status, code: JSON.parse(text).errors[0].extensions.code }).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
  }
});

it('a picture is served only under the URL of its own store', async () => {
  const [ours, theirs] = stores;
  const url = new URL(ours.imageUrls[0]!);
  expect((await fetch(url)).status).toBe(200);
  url.pathname = url.pathname.replace(`/${ours.id}/`, `/${theirs.id}/`);
  expect((await fetch(url)).status).toBe(404);
});
