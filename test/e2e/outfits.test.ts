// Outfits and their pictures as a storefront requests them, on a small shop.
// Their quality is measured by `fitroom evaluate --only outfits`, because that takes a full model and catalog.
import sharp from 'sharp';
import { unitsOf } from '../../src/domain/catalog/money.js';
import { assessGenders } from '../../src/domain/outfit/gender.rule.js';
import { assessRoles } from '../../src/domain/outfit/role.rule.js';
import type { Gender, GarmentType, Money } from '../../src/domain/catalog/garment.js';
import { slotOf, type OutfitSlot } from '../../src/domain/outfit/slot.js';
import { scorePair } from '../../src/domain/outfit/pair.score.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import type { SampleGarment } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { storeOutfitCatalog } from '../support/outfit.catalog.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
let shop: Map<string, SampleGarment>;
beforeAll(async () => {
  shop = await storeOutfitCatalog(server);
}, 60_000);

interface SoldGarment {
  sku: string;
  title: string;
  category: string | null;
  garmentType: GarmentType | null;
  color: string | null;
  gender: Gender | null;
  usage: string | null;
  tags: string[];
  inStock: boolean;
  brand: string | null;
  price: Money;
}
interface Outfit {
  score: number;
  weakestLink: string | null;
  previewUrl: string;
  totalPrice: Money | null;
  pieces: { slot: OutfitSlot; garment: SoldGarment }[];
}

interface Shortfall {
  code: string;
  message: string;
  cheapest: Money | null;
}

const OUTFIT_FIELDS = `score weakestLink previewUrl(width: 320) totalPrice { amount currency }
  pieces { slot garment { sku title category garmentType color gender usage tags inStock brand price { amount currency } } }`;

async function requestOutfits(
  text: string,
  outfitArguments = 'first: 3',
  filter: object = {},
  avoid?: string,
): Promise<{ id: string; matches: string[]; outfits: Outfit[]; shortfall: Shortfall | null }> {
  const query = `query ($input: RecommendOutfitInput!) {
    recommendOutfit(input: $input) {
      id garments(first: 20) { nodes { sku } } outfits(${outfitArguments}) { ${OUTFIT_FIELDS} }
      outfitShortfall(${outfitArguments}) { code message cheapest { amount currency } }
    }
  }`;
  type Data = {
    recommendOutfit: {
      id: string;
      garments: { nodes: { sku: string }[] };
      outfits: Outfit[];
      outfitShortfall: Shortfall | null;
    };
  };
  const { recommendOutfit } = await server.data<Data>(query, { input: { text, filter, avoid } });
  const { id, garments, outfits, outfitShortfall: shortfall } = recommendOutfit;
  return { id, matches: garments.nodes.map(({ sku }) => sku), outfits, shortfall };
}

async function refusal(outfitArguments: string, filter: object = {}) {
  const query = `query ($filter: GarmentFilter) {
    recommendOutfit(input: { text: "shirt", filter: $filter }) { outfits(${outfitArguments}) { score } }
  }`;
  const { errors } = await server.ask(query, { filter });
  return errors?.map(({ extensions, message }) => [extensions.code, extensions.field?.join('.'), message]) ?? [];
}

const skusOf = ({ pieces }: Outfit): string[] => pieces.map(({ garment }) => garment.sku);
const pairsOf = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

describe('the outfits of a recommendation', () => {
  it.each(['red dress', 'striped shirt for men', 'winter coat', 'white sneakers', 'something for a boy', '毛衣'])(
    'for “%s” are complete, share no garment, suit one person, and have no conflicting roles',
    async (text) => {
      const { outfits, matches, shortfall } = await requestOutfits(text);
      expect(outfits.length).toBeGreaterThan(1);
      expect(shortfall === null).toBe(outfits.length === 3);
      const weakestLinkForm = text === '毛衣' ? /^“.+”和“.+”：.+。$/ : /^“.+” and “.+”: .+\.$/;
      for (const outfit of outfits) {
        const slots = outfit.pieces.map(({ slot }) => slot);
        expect(new Set(slots).size).toBe(slots.length);
        expect(slots).toContain('FEET');
        expect(slots.includes('FULL_BODY') || (slots.includes('TOP') && slots.includes('BOTTOM'))).toBe(true);
        for (const [a, b] of pairsOf(outfit.pieces)) {
          expect(assessGenders(a.garment, b.garment).score).toBeGreaterThan(0);
          expect(assessRoles({ ...a.garment, slot: a.slot }, { ...b.garment, slot: b.slot }).score).toBeGreaterThan(0);
        }
        expect(outfit.pieces.every(({ garment }) => garment.inStock)).toBe(true);
        expect(outfit.score).toBeGreaterThan(0.3);
        expect(outfit.score).toBeLessThanOrEqual(1);
        expect(outfit.weakestLink).toMatch(weakestLinkForm);
        const sum = outfit.pieces.reduce((total, { garment }) => total + unitsOf(garment.price.amount), 0n);
        expect(unitsOf(outfit.totalPrice!.amount)).toBe(sum);
        expect(skusOf(outfit).some((sku) => matches.includes(sku))).toBe(true);
      }
      const allSkus = outfits.flatMap(skusOf);
      expect(new Set(allSkus).size).toBe(allSkus.length);
    },
  );

  it('apply the filter to every item, except the conditions on the type and color of the match', async () => {
    const filter = {
      garmentTypes: ['SHIRT'],
      colors: ['White', 'Blue', 'Red'],
      genders: ['MEN', 'UNISEX'],
      maxPrice: '90',
    };
    const { outfits } = await requestOutfits('shirt', 'first: 3', filter);
    expect(outfits.length).toBeGreaterThan(0);
    for (const { garment } of outfits.flatMap(({ pieces }) => pieces)) {
      expect(['MEN', 'UNISEX']).toContain(garment.gender);
      expect(Number(garment.price.amount)).toBeLessThanOrEqual(90);
    }
  });

  it('stay within a budget to the cent, and the shortfall reports the price of the cheapest outfit if none fits', async () => {
    const { outfits } = await requestOutfits('shirt for men', 'first: 3, budget: { amount: "160", currency: "eur" }');
    expect(outfits.length).toBeGreaterThan(0);
    for (const { totalPrice } of outfits) expect(unitsOf(totalPrice!.amount)).toBeLessThanOrEqual(unitsOf('160'));
    const none = await requestOutfits('shirt', 'budget: { amount: "5", currency: "EUR" }');
    expect(none).toMatchObject({ outfits: [], shortfall: { code: 'BUDGET', cheapest: { currency: 'EUR' } } });
    const { amount } = none.shortfall!.cheapest!;
    expect(none.shortfall!.message).toContain(`5 EUR allows no further outfit; the cheapest one costs ${amount} EUR`);
    const exact = await requestOutfits('shirt', `first: 1, budget: { amount: "${amount}", currency: "EUR" }`);
    expect(exact.outfits.map(({ totalPrice }) => unitsOf(totalPrice!.amount) <= unitsOf(amount))).toEqual([true]);
    const dollars = await requestOutfits('衬衫', 'budget: { amount: "500", currency: "USD" }');
    expect(dollars).toMatchObject({ outfits: [], shortfall: { code: 'BUDGET', cheapest: null } });
    expect(dollars.shortfall!.message).toMatch(/USD.*完整搭配/);
  });

  it('avoid an unwanted attribute in every slot, by label and by title words', async () => {
    const withBlack = (await requestOutfits('dress', 'first: 10')).outfits.flatMap(({ pieces }) => pieces);
    expect(withBlack.some(({ garment }) => garment.color === 'Black')).toBe(true);
    const { outfits } = await requestOutfits('dress', 'first: 10', {}, 'black');
    expect(outfits.length).toBeGreaterThan(3);
    for (const { garment } of outfits.flatMap(({ pieces }) => pieces)) {
      expect(`${garment.color} ${garment.title}`).not.toMatch(/black/i);
    }
  });

  it('keep locked items and vary the rest, even if the match has the type of a locked item', async () => {
    const [first] = (await requestOutfits('striped shirt for men')).outfits;
    const sku = (slot: OutfitSlot): string => first!.pieces.find((piece) => piece.slot === slot)!.garment.sku;
    for (const lockedSkus of [[sku('FEET'), sku('BOTTOM')], [sku('TOP')]]) {
      const { outfits } = await requestOutfits(
        'striped shirt for men',
        `first: 4, keepSkus: ${JSON.stringify(lockedSkus)}`,
      );
      expect(outfits.length).toBeGreaterThan(1);
      for (const outfit of outfits) expect(skusOf(outfit)).toEqual(expect.arrayContaining(lockedSkus));
      expect(new Set(outfits.map((look) => skusOf(look).join())).size).toBe(outfits.length);
    }
  });

  it('are at most as many as the matches, while garment.outfits returns as many as requested', async () => {
    const shirts = { garmentTypes: ['SHIRT'], genders: ['MEN'] };
    const [sku, ...others] = (await requestOutfits('striped shirt', 'first: 3', shirts)).matches;
    const filter = { ...shirts, excludeSkus: others };
    const { outfits, matches, shortfall } = await requestOutfits('striped shirt', 'first: 6', filter);
    expect(matches).toEqual([sku]);
    expect(outfits).toHaveLength(1);
    expect(shortfall).toMatchObject({ code: 'NO_MATCH', cheapest: null, message: expect.stringContaining('already') });
    const query = `query ($sku: String!) { garment(sku: $sku) { outfits(first: 4) { ${OUTFIT_FIELDS} } } }`;
    const { garment } = await server.data<{ garment: { outfits: Outfit[] } }>(query, { sku });
    expect(garment.outfits).toHaveLength(4);
    for (const outfit of garment.outfits) expect(skusOf(outfit)).toContain(sku);
    const otherSkus = garment.outfits.flatMap(skusOf).filter((other) => other !== sku);
    expect(new Set(otherSkus).size).toBe(otherSkus.length);
  });

  it('are refused with a reason if the locked items make them impossible', async () => {
    expect(await refusal('keepSkus: ["FR-DR-001", "NONE"]')).toEqual([
      ['GARMENT_NOT_FOUND', 'keepSkus.1', 'The store has no garment of the sku NONE.'],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-001", "FR-SH-001"]')).toEqual([
      [
        'KEPT_GARMENTS_CLASH',
        'keepSkus.1',
        'FR-DR-001 and FR-SH-001 cannot be in one outfit: both are worn in one place.',
      ],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-001"]', { genders: ['MEN'] })).toEqual([
      ['KEPT_GARMENT_UNUSABLE', 'keepSkus.0', 'FR-DR-001 does not match the filter.'],
    ]);
    const budget = 'budget: { amount: "1.50", currency: "EUR" }';
    expect(await refusal(`keepSkus: ["FR-DR-001"], ${budget}`)).toEqual([
      ['KEPT_OVER_BUDGET', 'budget.amount', expect.any(String)],
    ]);
    expect(await refusal('budget: { amount: "-1", currency: "EUR" }')).toEqual([
      ['PRICE_INVALID', 'budget.amount', expect.any(String)],
    ]);
    expect(await refusal('budget: { amount: "1", currency: "XXQ" }')).toEqual([
      ['CURRENCY_UNKNOWN', 'budget.currency', expect.any(String)],
    ]);
    expect(await refusal('first: 0')).toEqual([['PAGE_SIZE_INVALID', 'first', expect.any(String)]]);
  });
});

describe("a shopper's choice among outfits", () => {
  const LEARN = `mutation ($dryRun: Boolean) {
    learnLookWeights(dryRun: $dryRun) { choices isAdopted gain before { name value } learned { name value } }
  }`;
  interface LearnedOutfitWeights {
    choices: number;
    isAdopted: boolean;
    gain: number;
    before: { name: string; value: number }[];
    learned: { name: string; value: number }[];
  }
  const learn = async (dryRun: boolean): Promise<LearnedOutfitWeights> =>
    (await server.data<{ learnLookWeights: LearnedOutfitWeights }>(LEARN, { dryRun })).learnLookWeights;
  const colorWeight = (weights: LearnedOutfitWeights['before']): number =>
    weights.find(({ name }) => name === 'colour')!.value;

  it('is recorded for items that only an outfit showed', async () => {
    const { id, outfits, matches } = await requestOutfits('winter coat');
    const itemSku = skusOf(outfits[0]!).find((sku) => !matches.includes(sku))!;
    const record = `mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded userErrors { code } } }`;
    const events = [itemSku, 'FR-NONE'].map((sku) => ({ recommendationId: id, sku, kind: 'CART' }));
    const { recordFeedback } = await server.data<{ recordFeedback: object }>(record, { events });
    expect(recordFeedback).toEqual({ recorded: 1, userErrors: [{ code: 'SKU_NOT_SHOWN' }] });
    expect(await learn(true)).toMatchObject({ choices: 1, isAdopted: false });
  });

  it('teaches the store its outfit weights when there are enough choices, and the weights can be reset', async () => {
    await insertChoices(150);
    const preview = await learn(true);
    expect(preview.isAdopted).toBe(false);
    const learned = await learn(false);
    expect(learned.isAdopted).toBe(true);
    expect(colorWeight(learned.learned)).toBeGreaterThan(colorWeight(preview.before));
    expect(colorWeight((await learn(true)).before)).toBeCloseTo(colorWeight(preview.learned), 9);
    const reset = async (): Promise<boolean> =>
      (await server.data<{ resetLookWeights: boolean }>('mutation { resetLookWeights }')).resetLookWeights;
    expect([await reset(), await reset()]).toEqual([true, false]);
  }, 60_000);

  /**
   * Inserts recommendations with two outfits of a top and a bottom or shoes each. Shoppers buy the outfit with the
   * better color score where the usage score favors the other.
   */
  async function insertChoices(count: number): Promise<void> {
    const random = seededRandom(1);
    const items = [...shop.values()].map((garment) => {
      return { ...garment, id: garment.sku, slot: slotOf(garment)!, style: Float32Array.of(0) };
    });
    const lowerItems = items.filter(({ slot }) => slot === 'FEET' || slot === 'BOTTOM');
    const pairs = items
      .filter(({ slot }) => slot === 'TOP')
      .flatMap((top) => lowerItems.map((other) => ({ skus: [top.sku, other.sku], ...scorePair(top, other) })))
      .filter(({ score }) => score > 0);
    const rows: { id: string; looks: string[][]; sku: string }[] = [];
    while (rows.length < count) {
      const pairOfOutfits = [random.pick(pairs), random.pick(pairs)] as const;
      const [color, usage] = (['colour', 'usage'] as const).map(
        (part) => pairOfOutfits[0].parts[part].score - pairOfOutfits[1].parts[part].score,
      );
      const chosen = color! > 0 ? 0 : 1;
      const sku = pairOfOutfits[chosen].skus.find((candidate) => !pairOfOutfits[1 - chosen]!.skus.includes(candidate));
      if (Math.abs(color!) < 0.05 || color! * usage! >= 0 || sku === undefined) continue;
      const id = `00000000-0000-4000-8000-${String(rows.length).padStart(12, '0')}`;
      rows.push({ id, looks: pairOfOutfits.map(({ skus }) => skus), sku });
    }
    const json = JSON.stringify(rows);
    const { database } = server.app;
    const from = 'json_to_recordset($1::json) as r(id uuid, looks json, sku text)';
    await database.query(
      `insert into recommendations (store_id, id, at, had_image, diversity, model, status, understanding, vector, shown, latency_ms, stages)
       select 'default', id, now(), false, 0, 'tiny', 'OK', '{}', '', '[]', 1, '{}' from ${from}`,
      [json],
    );
    await database.query(`insert into shown_looks select 'default', id, looks from ${from}`, [json]);
    await database.query(
      `insert into feedback (store_id, recommendation_id, sku, kind, shopper, at)
       select 'default', id, sku, 'PURCHASE', '', now() from ${from}`,
      [json],
    );
  }
});

describe('the outfits of a garment', () => {
  it('all contain the garment and differ in other items', async () => {
    const { garment } = await server.data<{ garment: { outfits: Outfit[] } }>(
      `{ garment(sku: "FR-DR-001") { outfits { ${OUTFIT_FIELDS} } } }`,
    );
    expect(garment.outfits.length).toBe(3);
    for (const outfit of garment.outfits) expect(skusOf(outfit)).toContain('FR-DR-001');
    for (const [a, b] of pairsOf(garment.outfits.map(skusOf))) {
      expect(a.filter((sku) => !b.includes(sku)).length).toBeGreaterThan(0);
    }
  });

  it('count toward the query complexity when they are requested in lists', async () => {
    const { errors } = await server.ask('{ garments(first: 100) { nodes { outfits(first: 50) { score } } } }');
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the picture of an outfit', () => {
  it('is a PNG that shows every item, is cacheable forever, and belongs to one store only', async () => {
    const [outfit] = (await requestOutfits('striped shirt for men', 'first: 1')).outfits;
    const response = await fetch(outfit!.previewUrl);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const { data, info } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([320, 400]);
    const painted = Array.from({ length: 320 * 400 }, (_, i) => Math.abs(data[3 * i]! - 247) > 24).filter(
      Boolean,
    ).length;
    expect(painted).toBeGreaterThan(0.1 * 320 * 400);

    const etag = response.headers.get('etag')!;
    expect((await fetch(outfit!.previewUrl, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const statusAfter = async (change: (url: string) => string): Promise<number> =>
      (await fetch(change(outfit!.previewUrl))).status;
    expect(await statusAfter((url) => url.replace('width=320', 'width=5'))).toBe(200);
    expect(await statusAfter((url) => url.replace('width=320', 'width=wide'))).toBe(400);
    expect(await statusAfter((url) => url.replace('/default/', '/other/'))).toBe(404);
    expect(await statusAfter((url) => url.replace(/~[0-9a-f]{12}/, '~000000000000'))).toBe(404);
    expect(await statusAfter((url) => url.replace(/looks\/default\/[^.]+/, '$&.$&'))).toBe(404);
  });
});

describe('a garment that is sold out, hidden or deleted', () => {
  it('is in no outfit', async () => {
    const [outfit] = (await requestOutfits('striped shirt for men', 'first: 1')).outfits;
    const [soldOut, hidden, deleted] = skusOf(outfit!);
    const { drawing: _, ...facts } = shop.get(soldOut!)!;
    await server.data(
      `mutation ($sold: [GarmentInput!]!, $hidden: [String!], $deleted: [String!]!) {
        upsertGarments(garments: $sold) { updated }
        saveMerchandisingRule(input: { name: "hidden", action: HIDE, skus: $hidden }) { userErrors { code } }
        deleteGarments(skus: $deleted) { deletedSkus }
      }`,
      { sold: [{ ...facts, inStock: false }], hidden: [hidden], deleted: [deleted] },
    );
    const { outfits } = await requestOutfits('striped shirt for men', 'first: 10');
    expect(outfits.length).toBeGreaterThan(0);
    for (const sku of [soldOut, hidden, deleted]) expect(outfits.flatMap(skusOf)).not.toContain(sku);
  });
});
