// The pairs of a panel: looks that a served catalog gives, each beside one by chance, both drawn by the server's own route.
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import type { OutfitSlot } from '../../src/domain/outfit/slot.js';
import { lookAsks, type LookAsk } from '../evaluate/outfit.queries.js';
import { merchantOf } from '../evaluate/outfit.catalog.js';
import { ProductIndex } from '../evaluate/product.index.js';
import { ServedCatalog } from '../evaluate/served.catalog.js';
import type { Product } from '../evaluate/split.reader.js';
import { rivalOf, type SlotPiece, type Stocked } from './random.outfit.js';

export interface PanelPair {
  number: number;
  /** What was asked for. */
  said: string;
  /** Which side is ours: nobody who judges is told. */
  ours: 'A' | 'B';
  /** PNGs of side A and side B. */
  pictures: [Uint8Array, Uint8Array];
}

export interface PanelWish {
  products: readonly Product[];
  pairs: number;
  seed: number;
  /** Of one picture, in pixels. */
  width: number;
  onStep: (step: string) => void;
}

const ASK = `query Panel($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    garments(first: 20) { nodes { sku } }
    outfits(first: 3) { pieces { slot garment { sku } } }
  }
}`;
const STOCK = `query Stock($after: String) {
  garments(first: 100, after: $after) {
    nodes { sku category garmentType gender imageUrl }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Asked {
  recommendOutfit: {
    garments: { nodes: { sku: string }[] };
    outfits: { pieces: { slot: OutfitSlot; garment: { sku: string } }[] }[];
  };
}
type InStock = Stocked & { imageUrl: string | null };
interface StockPage {
  garments: { nodes: InStock[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** @throws CannotRun where a picture of the catalog is refused */
export async function panelPairs({ products, pairs, seed, width, onStep }: PanelWish): Promise<PanelPair[]> {
  onStep(`storing ${products.length} garments`);
  const { factsOf, withdraw, gone } = merchantOf(products);
  const catalog = await ServedCatalog.open(products, factsOf);
  try {
    await withdraw(catalog);
    const stock = await stockOf(catalog, gone);
    onStep('asking for looks, and drawing them');
    const random = seededRandom(seed);
    const found: PanelPair[] = [];
    for (const ask of lookAsks(new ProductIndex(products), 4 * pairs, gone, seed)) {
      if (found.length === pairs) break;
      // what is locked or has to be cheap is no question of taste
      if (ask.terms.keepSkus.length > 0 || ask.terms.budget !== null) continue;
      const pair = await pairFor(catalog, ask, { stock, random, products });
      if (pair) found.push(await drawn(pair, { number: found.length + 1, said: ask.said, width, random, stock }));
    }
    return found;
  } finally {
    await catalog.close();
  }
}

async function stockOf(catalog: ServedCatalog, gone: ReadonlySet<string>): Promise<Map<string, InStock>> {
  const stock = new Map<string, InStock>();
  for (let after: string | null = null, more = true; more;) {
    const { garments }: StockPage = await catalog.call<StockPage>({ query: STOCK, variables: { after } });
    for (const garment of garments.nodes) if (!gone.has(garment.sku)) stock.set(garment.sku, garment);
    ({ hasNextPage: more, endCursor: after } = garments.pageInfo);
  }
  return stock;
}

interface Contest {
  ours: SlotPiece[];
  rival: SlotPiece[];
}

async function pairFor(
  catalog: ServedCatalog,
  { input, terms }: LookAsk,
  { stock, random, products }: { stock: ReadonlyMap<string, InStock>; random: Random; products: readonly Product[] },
): Promise<Contest | null> {
  const { recommendOutfit } = await catalog.call<Asked>({ query: ASK, variables: { input } });
  if (recommendOutfit.outfits.length === 0) return null;
  const ours = random.pick(recommendOutfit.outfits).pieces.map(({ slot, garment }) => ({ slot, sku: garment.sku }));
  const matches = recommendOutfit.garments.nodes.map(({ sku }) => sku);
  const match = matches.find((sku) => ours.some((piece) => piece.sku === sku));
  if (match === undefined) return null;
  const passing = new Set(products.filter(terms.allows).map(({ sku }) => sku));
  const among = new Map([...stock].filter(([sku]) => sku === match || passing.has(sku)));
  const rival = rivalOf(ours, match, among, random);
  return rival && { ours, rival };
}

async function drawn(
  { ours, rival }: Contest,
  at: { number: number; said: string; width: number; random: Random; stock: ReadonlyMap<string, InStock> },
): Promise<PanelPair> {
  const side = at.random.chance(0.5) ? 'A' : 'B';
  const [mine, other] = await Promise.all([ours, rival].map((pieces) => pictureOf(pieces, at.stock, at.width)));
  const pictures: PanelPair['pictures'] = side === 'A' ? [mine!, other!] : [other!, mine!];
  return { number: at.number, said: at.said, ours: side, pictures };
}

/** From the route that draws looks: its address names slots, garments and the pictures' content, as theirs do. */
async function pictureOf(
  pieces: readonly SlotPiece[],
  stock: ReadonlyMap<string, InStock>,
  width: number,
): Promise<Uint8Array> {
  const parts = pieces.map(({ slot, sku }) => {
    const [, garment, content] = /\/(\d+)-([0-9a-f]+)\.jpg/.exec(stock.get(sku)!.imageUrl!)!;
    return `${slot.toLowerCase().replace('_', '-')}~${garment}~${content}`;
  });
  const { origin } = new URL(stock.get(pieces[0]!.sku)!.imageUrl!);
  const response = await fetch(`${origin}/looks/default/${parts.join('.')}.png?width=${width}`);
  if (!response.ok) throw new Error(`The picture of a look was refused with ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
