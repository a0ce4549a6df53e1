// Whole looks as a storefront asks for them, and their pictures, on a small shop. How good they are is measured by
// `fitroom evaluate --only outfits`, since that takes a whole model and catalog.
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
import { stockLooks } from '../support/outfit.catalog.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
let shop: Map<string, SampleGarment>;
beforeAll(async () => {
  shop = await stockLooks(server);
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
interface Look {
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

const LOOK = `score weakestLink previewUrl(width: 320) totalPrice { amount currency }
  pieces { slot garment { sku title category garmentType color gender usage tags inStock brand price { amount currency } } }`;

async function looksFor(
  text: string,
  wish = 'first: 3',
  filter: object = {},
  avoid?: string,
): Promise<{ id: string; matches: string[]; looks: Look[]; shortfall: Shortfall | null }> {
  const query = `query ($input: RecommendOutfitInput!) {
    recommendOutfit(input: $input) {
      id garments(first: 20) { nodes { sku } } outfits(${wish}) { ${LOOK} }
      outfitShortfall(${wish}) { code message cheapest { amount currency } }
    }
  }`;
  type Answer = {
    recommendOutfit: {
      id: string;
      garments: { nodes: { sku: string }[] };
      outfits: Look[];
      outfitShortfall: Shortfall | null;
    };
  };
  const { recommendOutfit } = await server.data<Answer>(query, { input: { text, filter, avoid } });
  const { id, garments, outfits: looks, outfitShortfall: shortfall } = recommendOutfit;
  return { id, matches: garments.nodes.map(({ sku }) => sku), looks, shortfall };
}

async function refusal(wish: string, filter: object = {}) {
  const query = `query ($filter: GarmentFilter) {
    recommendOutfit(input: { text: "shirt", filter: $filter }) { outfits(${wish}) { score } }
  }`;
  const { errors } = await server.ask(query, { filter });
  return errors?.map(({ extensions, message }) => [extensions.code, extensions.field?.join('.'), message]) ?? [];
}

const skusOf = ({ pieces }: Look): string[] => pieces.map(({ garment }) => garment.sku);
const pairsOf = <T>(all: readonly T[]): [T, T][] => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

describe('looks on an answer', () => {
  it.each(['red dress', 'striped shirt for men', 'winter coat', 'white sneakers', 'something for a boy', '毛衣'])(
    'of “%s” are whole, each its own, for one person, and without a clash of roles',
    async (text) => {
      const { looks, matches, shortfall } = await looksFor(text);
      expect(looks.length).toBeGreaterThan(1);
      expect(shortfall === null).toBe(looks.length === 3);
      const words = text === '毛衣' ? /^“.+”和“.+”：.+。$/ : /^“.+” and “.+”: .+\.$/;
      for (const look of looks) {
        const slots = look.pieces.map(({ slot }) => slot);
        expect(new Set(slots).size).toBe(slots.length);
        expect(slots).toContain('FEET');
        expect(slots.includes('FULL_BODY') || (slots.includes('TOP') && slots.includes('BOTTOM'))).toBe(true);
        for (const [a, b] of pairsOf(look.pieces)) {
          expect(assessGenders(a.garment, b.garment).score).toBeGreaterThan(0);
          expect(assessRoles({ ...a.garment, slot: a.slot }, { ...b.garment, slot: b.slot }).score).toBeGreaterThan(0);
        }
        expect(look.pieces.every(({ garment }) => garment.inStock)).toBe(true);
        expect(look.score).toBeGreaterThan(0.3);
        expect(look.score).toBeLessThanOrEqual(1);
        expect(look.weakestLink).toMatch(words);
        const sum = look.pieces.reduce((total, { garment }) => total + unitsOf(garment.price.amount), 0n);
        expect(unitsOf(look.totalPrice!.amount)).toBe(sum);
        expect(skusOf(look).some((sku) => matches.includes(sku))).toBe(true);
      }
      const all = looks.flatMap(skusOf);
      expect(new Set(all).size).toBe(all.length);
    },
  );

  it('hold the filter in every piece but for what it says of the match', async () => {
    const filter = {
      garmentTypes: ['SHIRT'],
      colors: ['White', 'Blue', 'Red'],
      genders: ['MEN', 'UNISEX'],
      maxPrice: '90',
    };
    const { looks } = await looksFor('shirt', 'first: 3', filter);
    expect(looks.length).toBeGreaterThan(0);
    for (const { garment } of looks.flatMap(({ pieces }) => pieces)) {
      expect(['MEN', 'UNISEX']).toContain(garment.gender);
      expect(Number(garment.price.amount)).toBeLessThanOrEqual(90);
    }
  });

  it('keep a budget to the cent, and say what a look costs at least where it is less', async () => {
    const { looks } = await looksFor('shirt for men', 'first: 3, budget: { amount: "160", currency: "eur" }');
    expect(looks.length).toBeGreaterThan(0);
    for (const { totalPrice } of looks) expect(unitsOf(totalPrice!.amount)).toBeLessThanOrEqual(unitsOf('160'));
    const none = await looksFor('shirt', 'budget: { amount: "5", currency: "EUR" }');
    expect(none).toMatchObject({ looks: [], shortfall: { code: 'BUDGET', cheapest: { currency: 'EUR' } } });
    const { amount } = none.shortfall!.cheapest!;
    expect(none.shortfall!.message).toContain(`5 EUR allows no more; the cheapest further look costs ${amount} EUR`);
    const exact = await looksFor('shirt', `first: 1, budget: { amount: "${amount}", currency: "EUR" }`);
    expect(exact.looks.map(({ totalPrice }) => unitsOf(totalPrice!.amount) <= unitsOf(amount))).toEqual([true]);
    const dollars = await looksFor('衬衫', 'budget: { amount: "500", currency: "USD" }');
    expect(dollars).toMatchObject({ looks: [], shortfall: { code: 'BUDGET', cheapest: null } });
    expect(dollars.shortfall!.message).toMatch(/USD.*完整搭配/);
  });

  it('have nothing in any slot of what is to be avoided, by label or in words', async () => {
    const withBlack = (await looksFor('dress', 'first: 10')).looks.flatMap(({ pieces }) => pieces);
    expect(withBlack.some(({ garment }) => garment.color === 'Black')).toBe(true);
    const { looks } = await looksFor('dress', 'first: 10', {}, 'black');
    expect(looks.length).toBeGreaterThan(3);
    for (const { garment } of looks.flatMap(({ pieces }) => pieces)) {
      expect(`${garment.color} ${garment.title}`).not.toMatch(/black/i);
    }
  });

  it('keep what is locked and swap the rest, also where the match is of the kind that is locked', async () => {
    const [first] = (await looksFor('striped shirt for men')).looks;
    const sku = (slot: OutfitSlot): string => first!.pieces.find((piece) => piece.slot === slot)!.garment.sku;
    for (const kept of [[sku('FEET'), sku('BOTTOM')], [sku('TOP')]]) {
      const { looks } = await looksFor('striped shirt for men', `first: 4, keepSkus: ${JSON.stringify(kept)}`);
      expect(looks.length).toBeGreaterThan(1);
      for (const look of looks) expect(skusOf(look)).toEqual(expect.arrayContaining(kept));
      expect(new Set(looks.map((look) => skusOf(look).join())).size).toBe(looks.length);
    }
  });

  it('are no more than there are matches: the garment’s own looks are as many as wanted', async () => {
    const shirts = { garmentTypes: ['SHIRT'], genders: ['MEN'] };
    const [sku, ...others] = (await looksFor('striped shirt', 'first: 3', shirts)).matches;
    const filter = { ...shirts, excludeSkus: others };
    const { looks, matches, shortfall } = await looksFor('striped shirt', 'first: 6', filter);
    expect(matches).toEqual([sku]);
    expect(looks).toHaveLength(1);
    expect(shortfall).toMatchObject({ code: 'NO_MATCH', cheapest: null, message: expect.stringContaining('already') });
    const query = `query ($sku: String!) { garment(sku: $sku) { outfits(first: 4) { ${LOOK} } } }`;
    const { garment } = await server.data<{ garment: { outfits: Look[] } }>(query, { sku });
    expect(garment.outfits).toHaveLength(4);
    for (const look of garment.outfits) expect(skusOf(look)).toContain(sku);
    const around = garment.outfits.flatMap(skusOf).filter((other) => other !== sku);
    expect(new Set(around).size).toBe(around.length);
  });

  it('say why where what is kept makes them impossible', async () => {
    expect(await refusal('keepSkus: ["FR-DR-001", "NONE"]')).toEqual([
      ['GARMENT_NOT_FOUND', 'keepSkus.1', 'The store has no garment of the sku NONE.'],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-001", "FR-SH-001"]')).toEqual([
      [
        'KEPT_GARMENTS_CLASH',
        'keepSkus.1',
        'FR-DR-001 and FR-SH-001 cannot be in one look: both are worn in one place.',
      ],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-001"]', { genders: ['MEN'] })).toEqual([
      ['KEPT_GARMENT_UNUSABLE', 'keepSkus.0', 'FR-DR-001 is left out by the filter.'],
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

describe('what shoppers do with a look', () => {
  const LEARN = `mutation ($dryRun: Boolean) {
    learnLookWeights(dryRun: $dryRun) { choices isAdopted gain before { name value } learned { name value } }
  }`;
  interface Learned {
    choices: number;
    isAdopted: boolean;
    gain: number;
    before: { name: string; value: number }[];
    learned: { name: string; value: number }[];
  }
  const learn = async (dryRun: boolean): Promise<Learned> =>
    (await server.data<{ learnLookWeights: Learned }>(LEARN, { dryRun })).learnLookWeights;
  const colourIn = (weights: Learned['before']): number => weights.find(({ name }) => name === 'colour')!.value;

  it('is recorded for pieces that only a look showed', async () => {
    const { id, looks, matches } = await looksFor('winter coat');
    const own = skusOf(looks[0]!).find((sku) => !matches.includes(sku))!;
    const record = `mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded userErrors { code } } }`;
    const events = [own, 'FR-NONE'].map((sku) => ({ recommendationId: id, sku, kind: 'CART' }));
    const { recordFeedback } = await server.data<{ recordFeedback: object }>(record, { events });
    expect(recordFeedback).toEqual({ recorded: 1, userErrors: [{ code: 'SKU_NOT_SHOWN' }] });
    expect(await learn(true)).toMatchObject({ choices: 1, isAdopted: false });
  });

  it('teaches the store what its shoppers choose by, from enough choices, and can be given up', async () => {
    await rememberChoices(150);
    const tried = await learn(true);
    expect(tried.isAdopted).toBe(false);
    const learned = await learn(false);
    expect(learned.isAdopted).toBe(true);
    expect(colourIn(learned.learned)).toBeGreaterThan(colourIn(tried.before));
    expect(colourIn((await learn(true)).before)).toBeCloseTo(colourIn(tried.learned), 9);
    const reset = async (): Promise<boolean> =>
      (await server.data<{ resetLookWeights: boolean }>('mutation { resetLookWeights }')).resetLookWeights;
    expect([await reset(), await reset()]).toEqual([true, false]);
  }, 60_000);

  /** Answers with two looks of a top and what goes below it; shoppers buy by colour, where the usage speaks for the other. */
  async function rememberChoices(count: number): Promise<void> {
    const random = seededRandom(1);
    const all = [...shop.values()].map((garment) => {
      return { ...garment, id: garment.sku, slot: slotOf(garment)!, style: Float32Array.of(0) };
    });
    const below = all.filter(({ slot }) => slot === 'FEET' || slot === 'BOTTOM');
    const pairs = all
      .filter(({ slot }) => slot === 'TOP')
      .flatMap((top) => below.map((other) => ({ skus: [top.sku, other.sku], ...scorePair(top, other) })))
      .filter(({ score }) => score > 0);
    const rows: { id: string; looks: string[][]; sku: string }[] = [];
    while (rows.length < count) {
      const looks = [random.pick(pairs), random.pick(pairs)] as const;
      const [colour, usage] = (['colour', 'usage'] as const).map(
        (part) => looks[0].parts[part].score - looks[1].parts[part].score,
      );
      const chosen = colour! > 0 ? 0 : 1;
      const sku = looks[chosen].skus.find((one) => !looks[1 - chosen]!.skus.includes(one));
      if (Math.abs(colour!) < 0.05 || colour! * usage! >= 0 || sku === undefined) continue;
      const id = `00000000-0000-4000-8000-${String(rows.length).padStart(12, '0')}`;
      rows.push({ id, looks: looks.map(({ skus }) => skus), sku });
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

describe('looks around a garment', () => {
  it('all have it, and differ in the rest', async () => {
    const { garment } = await server.data<{ garment: { outfits: Look[] } }>(
      `{ garment(sku: "FR-DR-001") { outfits { ${LOOK} } } }`,
    );
    expect(garment.outfits.length).toBe(3);
    for (const look of garment.outfits) expect(skusOf(look)).toContain('FR-DR-001');
    for (const [a, b] of pairsOf(garment.outfits.map(skusOf))) {
      expect(a.filter((sku) => !b.includes(sku)).length).toBeGreaterThan(0);
    }
  });

  it('are costed where they are asked for in lists', async () => {
    const { errors } = await server.ask('{ garments(first: 100) { nodes { outfits(first: 50) { score } } } }');
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the picture of a look', () => {
  it('is a PNG with something in the place of every piece, kept for ever and no other store’s', async () => {
    const [look] = (await looksFor('striped shirt for men', 'first: 1')).looks;
    const response = await fetch(look!.previewUrl);
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
    expect((await fetch(look!.previewUrl, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const statuses = async (change: (url: string) => string): Promise<number> =>
      (await fetch(change(look!.previewUrl))).status;
    expect(await statuses((url) => url.replace('width=320', 'width=5'))).toBe(200);
    expect(await statuses((url) => url.replace('width=320', 'width=wide'))).toBe(400);
    expect(await statuses((url) => url.replace('/default/', '/other/'))).toBe(404);
    expect(await statuses((url) => url.replace(/~[0-9a-f]{12}/, '~000000000000'))).toBe(404);
    expect(await statuses((url) => url.replace(/looks\/default\/[^.]+/, '$&.$&'))).toBe(404);
  });
});

describe('what has gone', () => {
  it('is in no look: sold out, hidden and deleted', async () => {
    const [look] = (await looksFor('striped shirt for men', 'first: 1')).looks;
    const [soldOut, hidden, deleted] = skusOf(look!);
    const { drawing: _, ...facts } = shop.get(soldOut!)!;
    await server.data(
      `mutation ($sold: [GarmentInput!]!, $hidden: [String!], $deleted: [String!]!) {
        upsertGarments(garments: $sold) { updated }
        saveMerchandisingRule(input: { name: "hidden", action: HIDE, skus: $hidden }) { userErrors { code } }
        deleteGarments(skus: $deleted) { deletedSkus }
      }`,
      { sold: [{ ...facts, inStock: false }], hidden: [hidden], deleted: [deleted] },
    );
    const { looks } = await looksFor('striped shirt for men', 'first: 10');
    expect(looks.length).toBeGreaterThan(0);
    for (const sku of [soldOut, hidden, deleted]) expect(looks.flatMap(skusOf)).not.toContain(sku);
  });
});
