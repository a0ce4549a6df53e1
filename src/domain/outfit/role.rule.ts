// Role rules: garments that are worn together, by warmth, required partners and dress code.
// Categories are those of slot.ts; a merchant's own category falls back to the garment type.
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, shareBodyArea, type OutfitSlot } from './slot.js';

type SlottedFacts = OutfitItemFacts & { slot: OutfitSlot };

interface Partner {
  of: readonly string[];
  slot: OutfitSlot;
  only: readonly string[];
  why: LocalizedText;
}

const WARM = new Set(['jackets', 'sweaters', 'sweatshirts', 'mufflers', 'gloves', 'booties']);
const WARM_TYPES = new Set(['OUTERWEAR', 'LONG_SLEEVE']);
const SUMMERY = new Set(['shorts', 'flip flops', 'sandals', 'sports sandals']);
const COVERS = new Set(['jackets', 'blazers', 'rain jacket', 'mufflers', 'gloves']);
/** Words in titles and tags that indicate warmth more reliably than a category. */
const WARM_WORDS = /\b(winter|wool(len)?|puffer|quilted|parka|beanie|fleece|down|boots?)\b/i;
const SUMMER_WORDS = /\b(summer|beach|straw|sandals?|flip.?flops?)\b/i;

/** Categories that require certain categories in another slot. Each category appears once. */
const PARTNERS: readonly Partner[] = [
  {
    of: ['ties', 'cufflinks'],
    slot: 'TOP',
    only: ['shirts'],
    why: { EN: 'needs a shirt with a collar', ZH: '要配有领衬衫' },
  },
  { of: ['suspenders'], slot: 'BOTTOM', only: ['trousers', 'jeans'], why: { EN: 'needs trousers', ZH: '要配长裤' } },
  {
    of: ['belts'],
    slot: 'BOTTOM',
    only: ['trousers', 'jeans', 'shorts', 'capris', 'skirts'],
    why: { EN: 'needs belt loops', ZH: '要配有裤襻的下装' },
  },
  {
    of: ['blazers', 'waistcoat'],
    slot: 'BOTTOM',
    only: ['trousers', 'jeans', 'skirts', 'capris'],
    why: { EN: 'is tailored and needs matching bottoms', ZH: '是正装剪裁，要配合适的下装' },
  },
  {
    of: ['track pants'],
    slot: 'FEET',
    only: ['sports shoes', 'casual shoes'],
    why: { EN: 'is sportswear and needs sports or casual shoes', ZH: '是运动装，要配运动鞋或休闲鞋' },
  },
  {
    of: ['tracksuits'],
    slot: 'FEET',
    only: ['sports shoes', 'casual shoes'],
    why: { EN: 'is sportswear and needs sports or casual shoes', ZH: '是运动装，要配运动鞋或休闲鞋' },
  },
  {
    of: ['churidar', 'patiala', 'salwar', 'salwar and dupatta'],
    slot: 'TOP',
    only: ['kurtas', 'kurtis', 'tunics'],
    why: { EN: 'is worn under a kurta', ZH: '要配库尔塔上衣' },
  },
];

const PARTNERS_OF = new Map(PARTNERS.flatMap((partners) => partners.of.map((kind) => [kind, partners])));

/** Incompatible dress codes: no category of a row's first list goes with any category of its second list. */
const INCOMPATIBLE: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['formal shoes', 'heels', 'blazers', 'waistcoat', 'ties', 'cufflinks'],
    ['track pants', 'tracksuits', 'shorts'],
  ],
  [
    ['formal shoes', 'blazers', 'ties', 'jackets', 'rain jacket', 'gloves', 'mufflers'],
    ['flip flops', 'sports sandals'],
  ],
  [
    ['sarees', 'kurta sets', 'patiala', 'salwar', 'churidar', 'kurtas', 'kurtis', 'dupatta'],
    ['sports shoes', 'caps', 'hat', 'headband', 'track pants', 'shorts', 'tracksuits', 'rain jacket'],
  ],
  [
    ['sarees', 'kurta sets', 'patiala', 'salwar', 'churidar'],
    ['jackets', 'formal shoes', 'sweatshirts'],
  ],
];
/** Headwear for sports, and dressy categories that it does not suit. Such a pair adds nothing to an outfit. */
const SPORTY_HEADS = new Set(['caps', 'headband']);
const DRESSY = new Set(['dresses', 'skirts', 'heels', 'formal shoes', 'blazers', 'ties', 'clutches', 'tunics']);
const OUT_OF_PLACE: PairAssessment = {
  score: 0.1,
  reason: { EN: 'one is for sports or bad weather, the other is dressy', ZH: '一件是运动或防雨用的，另一件较正式' },
};
const INCOMPATIBLE_REASON: LocalizedText = {
  EN: 'they belong to incompatible dress codes',
  ZH: '两者属于从不混搭的着装场合',
};

/** Categories that are not worn with a full-body item because they need trousers or a collar. */
const NEVER_ON_FULL_BODY = new Set(['ties', 'cufflinks', 'suspenders', 'waistcoat']);

export function assessRoles(a: SlottedFacts, b: SlottedFacts): PairAssessment {
  if (shareBodyArea(a.slot, b.slot))
    return { score: 0, reason: { EN: 'both are worn in one place', ZH: '两件穿在同一个位置' } };
  const [one, other] = [roleOf(a), roleOf(b)];
  const partnerReason = missingPartner(one, other) ?? missingPartner(other, one);
  if (partnerReason !== null) return { score: 0, reason: partnerReason };
  if (one.incompatibleWith.has(other.kind)) return { score: 0, reason: INCOMPATIBLE_REASON };
  if (isOutOfPlace(one, other) || isOutOfPlace(other, one)) return OUT_OF_PLACE;
  return assessWarmth(one, other);
}

/** The properties of one item that the rules use. `kind` is its category in lower case. */
interface Role {
  piece: SlottedFacts;
  kind: string;
  partner: Partner | null;
  incompatibleWith: ReadonlySet<string>;
  isWarm: boolean;
  isSummery: boolean;
}

/** Cache: an item is compared with many others, and its properties do not change. */
const roles = new WeakMap<SlottedFacts, Role>();

function roleOf(piece: SlottedFacts): Role {
  const known = roles.get(piece);
  if (known) return known;
  const kind = piece.category?.trim().toLowerCase() ?? '';
  const [partner, incompatibleWith] = [PARTNERS_OF.get(kind) ?? null, INCOMPATIBLE_WITH.get(kind) ?? NO_CATEGORIES];
  const role = { piece, kind, partner, incompatibleWith, ...seasonOf(piece, kind) };
  roles.set(piece, role);
  return role;
}

/** Returns true for a cap with dressy clothes, and for a rain jacket with anything but sportswear. */
function isOutOfPlace({ kind }: Role, other: Role): boolean {
  if (SPORTY_HEADS.has(kind)) return DRESSY.has(other.kind);
  return kind === 'rain jacket' && other.piece.usage?.trim().toLowerCase() !== 'sports';
}

/** All incompatible categories of each category. */
// eslint-disable-next-line no-restricted-syntax -- filled once, from a constant
const INCOMPATIBLE_WITH = new Map<string, Set<string>>();
for (const [one, other] of INCOMPATIBLE) {
  for (const [kinds, others] of [[one, other] as const, [other, one] as const]) {
    for (const kind of kinds) INCOMPATIBLE_WITH.set(kind, new Set([...(INCOMPATIBLE_WITH.get(kind) ?? []), ...others]));
  }
}
// eslint-disable-next-line no-restricted-syntax -- stays empty
const NO_CATEGORIES: ReadonlySet<string> = new Set();

/** Rates warmth: 0 for coats with shorts and similar pairs, 0.4 for other pairs of warm and summer items. */
function assessWarmth(a: Role, b: Role): PairAssessment {
  const warm = a.isWarm && b.isSummery ? a : b.isWarm && a.isSummery ? b : null;
  if (warm === null) return AGREED;
  const reason = { EN: 'one is for cold days, the other for warm ones', ZH: '一件适合冷天，另一件适合热天' };
  const isExcluded = COVERS.has(warm.kind) || warm.piece.slot === 'OUTER' || WARM_WORDS.test(warm.piece.title);
  return { score: isExcluded ? 0 : 0.4, reason };
}

function seasonOf(piece: SlottedFacts, kind: string): Pick<Role, 'isWarm' | 'isSummery'> {
  const { title, tags, garmentType } = piece;
  const words = [title, ...tags].join(' ');
  if (WARM_WORDS.test(words)) return { isWarm: true, isSummery: false };
  if (SUMMER_WORDS.test(words)) return { isWarm: false, isSummery: true };
  const isWarm = WARM.has(kind) || (garmentType !== null && WARM_TYPES.has(garmentType));
  return { isWarm, isSummery: SUMMERY.has(kind) || garmentType === 'SHORTS' };
}

function missingPartner({ piece, kind, partner }: Role, other: Role): LocalizedText | null {
  if (other.piece.slot === 'FULL_BODY' && NEVER_ON_FULL_BODY.has(kind))
    return {
      EN: `${kindName(piece)} is not worn with ${kindName(other.piece)}`,
      ZH: `“${piece.title}”不与“${other.piece.title}”同穿`,
    };
  if (!partner || partner.slot !== other.piece.slot || partner.only.includes(other.kind)) return null;
  return { EN: `${kindName(piece)} ${partner.why.EN}`, ZH: `“${piece.title}”${partner.why.ZH}` };
}

function kindName({ category, title }: OutfitItemFacts): string {
  return category === null ? `“${title}”` : `an item from ${category}`;
}
