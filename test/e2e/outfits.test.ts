// Whole looks on the sample catalog, as a storefront asks for them, and their pictures.
import sharp from 'sharp';
import { unitsOf } from '../../src/domain/money.js';
import { judgeGender } from '../../src/domain/outfit/gender.rule.js';
import { judgeRoles } from '../../src/domain/outfit/role.rule.js';
import type { Gender, GarmentType, Money } from '../../src/domain/garment.js';
import type { OutfitSlot } from '../../src/domain/outfit/slot.js';
import { withApp } from '../support/app.js';

const server = withApp({ sample: true, config: { workers: 0 } });

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

const LOOK = `score weakestLink previewUrl(width: 320) totalPrice { amount currency }
  pieces { slot garment { sku title category garmentType color gender usage tags inStock brand price { amount currency } } }`;

async function looksFor(
  text: string,
  wish = 'first: 3',
  filter: object = {},
): Promise<{ matches: string[]; looks: Look[] }> {
  const query = `query ($input: RecommendOutfitInput!) {
    recommendOutfit(input: $input) { garments(first: 20) { nodes { sku } } outfits(${wish}) { ${LOOK} } }
  }`;
  type Answer = { recommendOutfit: { garments: { nodes: { sku: string }[] }; outfits: Look[] } };
  const { recommendOutfit } = await server.data<Answer>(query, { input: { text, filter } });
  return { matches: recommendOutfit.garments.nodes.map(({ sku }) => sku), looks: recommendOutfit.outfits };
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
  const texts = ['red dress', 'striped shirt for men', 'running shorts', 'winter coat', 'white sneakers', 'straw hat'];
  const more = ['jeans', 'skirt for the office', 'something for a boy', '毛衣', 'party', 'summer'];

  it.each([...texts, ...more])(
    'of “%s” are whole, each its own, for one person, and without a clash of roles',
    async (text) => {
      const { looks, matches } = await looksFor(text);
      expect(looks.length).toBe(3);
      for (const look of looks) {
        const slots = look.pieces.map(({ slot }) => slot);
        expect(new Set(slots).size).toBe(slots.length);
        expect(slots).toContain('FEET');
        expect(slots.includes('FULL_BODY') || (slots.includes('TOP') && slots.includes('BOTTOM'))).toBe(true);
        for (const [a, b] of pairsOf(look.pieces)) {
          expect(judgeGender(a.garment, b.garment).score).toBeGreaterThan(0);
          expect(judgeRoles({ ...a.garment, slot: a.slot }, { ...b.garment, slot: b.slot }).score).toBeGreaterThan(0);
        }
        expect(look.pieces.every(({ garment }) => garment.inStock)).toBe(true);
        expect(look.score).toBeGreaterThan(0.5);
        expect(look.score).toBeLessThanOrEqual(1);
        expect(look.weakestLink).toMatch(/^“.+” and “.+”: .+\.$/);
        const sum = look.pieces.reduce((total, { garment }) => total + unitsOf(garment.price.amount), 0n);
        expect(unitsOf(look.totalPrice!.amount)).toBe(sum);
        expect(skusOf(look).some((sku) => matches.includes(sku))).toBe(true);
      }
      for (const [a, b] of pairsOf(looks.map(skusOf))) {
        expect(a.filter((sku) => !b.includes(sku)).length).toBeGreaterThan(1);
      }
      const anchors = looks.map((look) =>
        skusOf(look)
          .filter((sku) => matches.includes(sku))
          .join(),
      );
      expect(new Set(anchors).size).toBe(3);
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

  it('keep a budget to the cent, and are none below what a look costs', async () => {
    const { looks } = await looksFor('shirt for men', 'first: 3, budget: { amount: "160", currency: "eur" }');
    expect(looks.length).toBeGreaterThan(0);
    for (const { totalPrice } of looks) expect(unitsOf(totalPrice!.amount)).toBeLessThanOrEqual(unitsOf('160'));
    const { amount } = looks[0]!.totalPrice!;
    const exact = await looksFor('shirt for men', `first: 1, budget: { amount: "${amount}", currency: "EUR" }`);
    expect(exact.looks.length).toBe(1);
    expect((await looksFor('shirt', 'budget: { amount: "5", currency: "EUR" }')).looks).toEqual([]);
    expect((await looksFor('shirt', 'budget: { amount: "500", currency: "USD" }')).looks).toEqual([]);
  });

  it('keep what is locked and swap the rest, also where the match is of the kind that is locked', async () => {
    const [first] = (await looksFor('striped shirt for men')).looks;
    const sku = (slot: OutfitSlot): string => first!.pieces.find((piece) => piece.slot === slot)!.garment.sku;
    for (const kept of [[sku('FEET'), sku('BOTTOM')], [sku('TOP')]]) {
      const { looks } = await looksFor('striped shirt for men', `first: 4, keepSkus: ${JSON.stringify(kept)}`);
      expect(looks.length).toBe(4);
      for (const look of looks) expect(skusOf(look)).toEqual(expect.arrayContaining(kept));
      expect(new Set(looks.map((look) => skusOf(look).join())).size).toBe(4);
    }
  });

  it('say why where what is kept makes them impossible', async () => {
    expect(await refusal('keepSkus: ["FR-DR-002", "NONE"]')).toEqual([
      ['GARMENT_NOT_FOUND', 'keepSkus.1', 'The store has no garment of the sku NONE.'],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-002", "FR-SH-002"]')).toEqual([
      [
        'KEPT_GARMENTS_CLASH',
        'keepSkus.1',
        'FR-DR-002 and FR-SH-002 cannot be in one look: both are worn in one place.',
      ],
    ]);
    expect(await refusal('keepSkus: ["FR-DR-002"]', { genders: ['MEN'] })).toEqual([
      ['KEPT_GARMENT_UNUSABLE', 'keepSkus.0', 'FR-DR-002 is left out by the filter.'],
    ]);
    const budget = 'budget: { amount: "1.50", currency: "EUR" }';
    expect(await refusal(`keepSkus: ["FR-DR-002"], ${budget}`)).toEqual([
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

describe('looks around a garment', () => {
  it('all have it, and differ in the rest', async () => {
    const { garment } = await server.data<{ garment: { outfits: Look[] } }>(
      `{ garment(sku: "FR-DR-002") { outfits { ${LOOK} } } }`,
    );
    expect(garment.outfits.length).toBe(3);
    for (const look of garment.outfits) expect(skusOf(look)).toContain('FR-DR-002');
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
