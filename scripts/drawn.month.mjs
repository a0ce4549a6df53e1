// A server with the sample catalog and a simulated month of recommendations, for viewing /insights and for screenshots:
//   npm run build && node scripts/drawn.month.mjs        # listens on PORT, default 4000, until Ctrl-C
// Requests and feedback are random with a fixed seed and go through the API. The server stores them with the
// current time, so they are then spread over the last four weeks.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { startApp } from '../dist/bootstrap/server.js';
import { readConfig } from '../dist/config.js';
import { createLogger } from '../dist/observability/logger.js';

const REQUESTS = 420;
const SHOPPERS = 150;
const SHOWN_GARMENTS = 8;
/** Most frequent first. */
const TEXTS = [
  'red dress',
  'striped shirt for men',
  'white sneakers',
  'black dress for a party',
  'something warm in green',
  'blue shirt',
  'a hat for the summer',
  'long skirt',
  'rain jacket',
  'linen trousers',
  'navy blazer for the office',
  'T-shirt with a print',
  'grey hoodie',
  'shorts for running',
  'brown boots',
  'yellow dress',
  'red shoes',
  'winter coat',
  'silver wedding saree',
  'ski goggles',
  'dinosaur costume',
  'leopard bikini',
  'purple fishing waders',
];
/** Kinds of feedback with their probability at rank 1. At lower ranks all kinds but VIEW are less likely. */
const FEEDBACK = [
  ['VIEW', 0.92],
  ['CLICK', 0.34],
  ['TRY_ON', 0.13],
  ['CART', 0.09],
  ['PURCHASE', 0.05],
  ['DISMISS', 0.06],
];
const EXPERIMENT = {
  id: '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a071',
  name: 'Does variety sell?',
  variants: [
    { name: 'as before', weight: 1 },
    { name: 'varied', weight: 1, settings: { diversity: 0.3 } },
  ],
};

/** Returns Park and Miller's minimal standard generator. */
function randomGenerator(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function graphqlClient(url) {
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(errors[0].message);
    return data;
  };
}

async function fillLog(ask) {
  const random = randomGenerator(20);
  await ask('mutation ($input: ExperimentInput!) { saveExperiment(input: $input) { userErrors { message } } }', {
    input: EXPERIMENT,
  });
  for (let i = 0; i < REQUESTS; i++) {
    // demand changes: later in the month, later texts of the list become more frequent
    const text = TEXTS[Math.floor(random() * random() * (0.5 + (0.5 * i) / REQUESTS) * TEXTS.length)];
    const shopper = `shopper-${Math.floor(random() * SHOPPERS)}`;
    const { recommendOutfit } = await ask(
      `query ($input: RecommendOutfitInput!) {
        recommendOutfit(input: $input) { id garments(first: ${SHOWN_GARMENTS}) { edges { rank node { sku } } } }
      }`,
      { input: { text, shopper } },
    );
    const events = recommendOutfit.garments.edges.flatMap(({ rank, node }) =>
      FEEDBACK.filter(
        ([kind, probability]) => random() < (kind === 'VIEW' ? probability : probability / Math.sqrt(rank)),
      ).map(([kind]) => ({ recommendationId: recommendOutfit.id, sku: node.sku, kind, shopper })),
    );
    await ask('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', { events });
  }
}

/** Spreads the records over the month in their order, with more of them on weekends. */
async function spreadOverMonth(database) {
  await database.query(`
    update recommendations set at = at - make_interval(secs => (1 - place) * 27.5 * 86400 * (1 + 0.03 * sin(place * 25)))
    from (select id as placed, row_number() over (order by at, id) / count(*) over ()::float8 as place from recommendations) places
    where id = placed`);
  await database.query(`
    update feedback set at = least(now(), recommendations.at + interval '2 minutes')
    from recommendations where recommendations.id = recommendation_id`);
  await database.query(`update experiments set started_at = now() - interval '28 days'`);
  // a few garments were added this week
  await database.query(`
    update garments set created_at = now() - interval '40 days', updated_at = now() - interval '40 days'
    where sku not like '%7'`);
}

/** Waits until the map is drawn, which takes a minute or two. */
async function mapDrawn(ask) {
  const points = async () => (await ask('{ insights { embeddingMap(sample: 1) { sku } } }')).insights.embeddingMap;
  // until then the query returns an error
  while ((await points().catch(() => [])).length === 0) await rest(1000);
}

const dataDir = await mkdtemp(join(tmpdir(), 'fitroom-month-'));
const config = readConfig({ ...process.env, FITROOM_DATA_DIR: dataDir });
const app = await startApp({ config, logger: createLogger('warn') });
const ask = graphqlClient(app.url);
await fillLog(ask);
// the log is written shortly after the responses
await rest(2000);
await spreadOverMonth(app.database);
await mapDrawn(ask);
console.log(`${app.url}/insights`);
process.once('SIGINT', async () => {
  await app.close();
  await rm(dataDir, { recursive: true, force: true });
});
