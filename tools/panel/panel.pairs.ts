// Pairs of a panel: outfits of a served catalog, each next to a random one, drawn by the server.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import type { OutfitSlot } from '../../src/domain/outfit/slot.js';
import { outfitQueries, type OutfitQuery } from '../evaluate/outfit.queries.js';
import { merchantOf } from '../evaluate/outfit.catalog.js';
import { ProductIndex } from '../evaluate/product.index.js';
import { ServedCatalog } from '../evaluate/served.catalog.js';
import type { Product } from '../evaluate/split.reader.js';
import { randomOutfit, type SlotItem, type StockedGarment } from './random.outfit.js';

export interface PanelPair {
  number: number;
  /** The request in words. */
  request: string;
  /** The side of our outfit. The page does not show it. */
  ours: 'A' | 'B';
  /** PNGs of side A and side B. */
  pictures: [Uint8Array, Uint8Array];
}

export interface PanelOptions {
  products: readonly Product[];
  pairs: number;
  seed: number;
  /** Width of one picture in pixels. */
  width: number;
  onStep: (step: string) => void;
}

const OUTFITS_QUERY = `query Panel($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    garments(first: 20) { nodes { sku } }
    outfits(first: 3) { pieces { slot garment { sku } } }
  }
}`;
const STOCK_QUERY = `query Stock($after: String) {
  garments(first: 100, after: $after) {
    nodes { sku category garmentType gender imageUrl }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface OutfitsResponse {
  recommendOutfit: {
    garments: { nodes: { sku: string }[] };
    outfits: { pieces: { slot: OutfitSlot; garment: { sku: string } }[] }[];
  };
}
type PicturedGarment = StockedGarment & { imageUrl: string | null };
interface StockPage {
  garments: { nodes: PicturedGarment[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Returns the pairs, at most `pairs`. @throws CannotRun if the server refuses a picture of the catalog */
export async function panelPairs({ products, pairs, seed, width, onStep }: PanelOptions): Promise<PanelPair[]> {
  onStep(`storing ${products.length} garments`);
  const { factsOf, withdraw, unavailable } = merchantOf(products);
  const catalog = await ServedCatalog.open(products, factsOf);
  try {
    await withdraw(catalog);
    const stock = await stockOf(catalog, unavailable);
    onStep('requesting outfits and drawing them');
    const random = seededRandom(seed);
    const drawnPairs: PanelPair[] = [];
    for (const query of outfitQueries(new ProductIndex(products), 4 * pairs, unavailable, seed)) {
      if (drawnPairs.length === pairs) break;
      // with a locked item or a budget, people would not compare the choice of garments
      if (query.terms.keepSkus.length > 0 || query.terms.budget !== null) continue;
      const pair = await pairFor(catalog, query, { stock, random, products });
      if (pair)
        drawnPairs.push(
          await drawPair(pair, { number: drawnPairs.length + 1, request: query.description, width, random, stock }),
        );
    }
    return drawnPairs;
  } finally {
    await catalog.close();
  }
}

async function stockOf(
  catalog: ServedCatalog,
  unavailable: ReadonlySet<string>,
): Promise<Map<string, PicturedGarment>> {
  const stock = new Map<string, PicturedGarment>();
  for (let after: string | null = null, more = true; more;) {
    const { garments }: StockPage = await catalog.call<StockPage>({ query: STOCK_QUERY, variables: { after } });
    for (const garment of garments.nodes) if (!unavailable.has(garment.sku)) stock.set(garment.sku, garment);
    ({ hasNextPage: more, endCursor: after } = garments.pageInfo);
  }
  return stock;
}

interface OutfitPair {
  ours: SlotItem[];
  opponent: SlotItem[];
}

async function pairFor(
  catalog: ServedCatalog,
  { input, terms }: OutfitQuery,
  {
    stock,
    random,
    products,
  }: { stock: ReadonlyMap<string, PicturedGarment>; random: Random; products: readonly Product[] },
): Promise<OutfitPair | null> {
  const { recommendOutfit } = await catalog.call<OutfitsResponse>({ query: OUTFITS_QUERY, variables: { input } });
  if (recommendOutfit.outfits.length === 0) return null;
  const ours = random.pick(recommendOutfit.outfits).pieces.map(({ slot, garment }) => ({ slot, sku: garment.sku }));
  const matches = recommendOutfit.garments.nodes.map(({ sku }) => sku);
  const match = matches.find((sku) => ours.some((item) => item.sku === sku));
  if (match === undefined) return null;
  const passing = new Set(products.filter(terms.allows).map(({ sku }) => sku));
  const allowedStock = new Map([...stock].filter(([sku]) => sku === match || passing.has(sku)));
  const opponent = randomOutfit(ours, match, allowedStock, random);
  return opponent && { ours, opponent };
}

async function drawPair(
  { ours, opponent }: OutfitPair,
  at: { number: number; request: string; width: number; random: Random; stock: ReadonlyMap<string, PicturedGarment> },
): Promise<PanelPair> {
  const side = at.random.chance(0.5) ? 'A' : 'B';
  const [ownPicture, otherPicture] = await Promise.all(
    [ours, opponent].map((items) => pictureOf(items, at.stock, at.width)),
  );
  const pictures: PanelPair['pictures'] = side === 'A' ? [ownPicture!, otherPicture!] : [otherPicture!, ownPicture!];
  return { number: at.number, request: at.request, ours: side, pictures };
}

/** Returns the PNG of an outfit from the server's route, whose URL names slots, garment ids and picture hashes. */
async function pictureOf(
  items: readonly SlotItem[],
  stock: ReadonlyMap<string, PicturedGarment>,
  width: number,
): Promise<Uint8Array> {
  const parts = items.map(({ slot, sku }) => {
    const [, garment, content] = /\/(\d+)-([0-9a-f]+)\.jpg/.exec(stock.get(sku)!.imageUrl!)!;
    return `${slot.toLowerCase().replace('_', '-')}~${garment}~${content}`;
  });
  const { origin } = new URL(stock.get(items[0]!.sku)!.imageUrl!);
  const response = await fetch(`${origin}/looks/default/${parts.join('.')}.png?width=${width}`);
  if (!response.ok) throw new Error(`The server refused the picture of an outfit with status ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
