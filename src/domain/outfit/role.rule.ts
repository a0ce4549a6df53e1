// Whether two kinds of garment are worn together at all: warm with warm, and what belongs only to certain clothes. Categories
// as in slot.ts, where a merchant's own words fall back on the try-on type.
import type { Said } from '../language.js';
import { AGREED, type PieceFacts, type Verdict } from './piece.js';
import { areInOnePlace, type OutfitSlot } from './slot.js';

type Dressed = PieceFacts & { slot: OutfitSlot };

const WARM = new Set(['jackets', 'sweaters', 'sweatshirts', 'mufflers', 'gloves', 'booties']);
const WARM_TYPES = new Set(['OUTERWEAR', 'LONG_SLEEVE']);
const SUMMERY = new Set(['shorts', 'flip flops', 'sandals', 'sports sandals']);
const COVERS = new Set(['jackets', 'blazers', 'rain jacket', 'mufflers', 'gloves']);
/** Words of titles and tags that say warm or summery more surely than a category. */
const WARM_WORDS = /\b(winter|wool(len)?|puffer|quilted|parka|beanie|fleece|down|boots?)\b/i;
const SUMMER_WORDS = /\b(summer|beach|straw|sandals?|flip.?flops?)\b/i;

/** What is worn, in some other slot, only with certain categories; each kind stands once. */
const PARTNERS: readonly { of: readonly string[]; slot: OutfitSlot; only: readonly string[]; why: Said }[] = [
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
    why: { EN: 'needs loops', ZH: '要配有裤襻的下装' },
  },
  {
    of: ['blazers', 'waistcoat'],
    slot: 'BOTTOM',
    only: ['trousers', 'jeans', 'skirts', 'capris'],
    why: { EN: 'is tailored', ZH: '是正装剪裁，要配合适的下装' },
  },
  {
    of: ['track pants'],
    slot: 'FEET',
    only: ['sports shoes', 'casual shoes'],
    why: { EN: 'is sportswear', ZH: '是运动装，要配运动鞋或休闲鞋' },
  },
  {
    of: ['tracksuits'],
    slot: 'FEET',
    only: ['sports shoes', 'casual shoes'],
    why: { EN: 'is sportswear', ZH: '是运动装，要配运动鞋或休闲鞋' },
  },
  {
    of: ['churidar', 'patiala', 'salwar', 'salwar and dupatta'],
    slot: 'TOP',
    only: ['kurtas', 'kurtis', 'tunics'],
    why: { EN: 'is worn under a kurta', ZH: '要配库尔塔上衣' },
  },
];

const PARTNERS_OF = new Map(PARTNERS.flatMap((partners) => partners.of.map((kind) => [kind, partners])));

/** Dress codes that never meet: nothing of a row's one side with anything of its other. */
const NEVER: readonly (readonly [readonly string[], readonly string[]])[] = [
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
/** What is worn for sports or the weather, and what it looks lost beside; such a pair is none that a look gains by. */
const SPORTY_HEADS = new Set(['caps', 'headband']);
const DRESSY = new Set(['dresses', 'skirts', 'heels', 'formal shoes', 'blazers', 'ties', 'clutches', 'tunics']);
const OUT_OF_PLACE: Verdict = {
  score: 0.1,
  reason: { EN: 'one is for sports or the weather, the other is dressed up', ZH: '一件是运动或防雨用的，另一件较正式' },
};
const NEVER_REASON: Said = { EN: 'they belong to dress codes that never meet', ZH: '两者属于从不混搭的着装场合' };

/** Of a dress nothing is worn that needs trousers or a collar. */
const NEVER_ON_FULL_BODY = new Set(['ties', 'cufflinks', 'suspenders', 'waistcoat']);

export function judgeRoles(a: Dressed, b: Dressed): Verdict {
  if (areInOnePlace(a.slot, b.slot))
    return { score: 0, reason: { EN: 'both are worn in one place', ZH: '两件穿在同一个位置' } };
  const alone = onlyWith(a, b) ?? onlyWith(b, a);
  if (alone !== null) return { score: 0, reason: alone };
  if (neverMeet(kindOf(a), kindOf(b))) return { score: 0, reason: NEVER_REASON };
  if (isOutOfPlace(a, b) || isOutOfPlace(b, a)) return OUT_OF_PLACE;
  return judgeWarmth(a, b);
}

/** A cap with a dress or heels; a cape for the rain with anything but sportswear. */
function isOutOfPlace(piece: Dressed, other: Dressed): boolean {
  if (SPORTY_HEADS.has(kindOf(piece))) return DRESSY.has(kindOf(other));
  return kindOf(piece) === 'rain jacket' && other.usage?.trim().toLowerCase() !== 'sports';
}

/** Each kind with all that it never meets. */
const NEVER_WITH = new Map<string, Set<string>>();
for (const [one, other] of NEVER) {
  for (const [kinds, apart] of [[one, other] as const, [other, one] as const]) {
    for (const kind of kinds) NEVER_WITH.set(kind, new Set([...(NEVER_WITH.get(kind) ?? []), ...apart]));
  }
}

function neverMeet(a: string, b: string): boolean {
  return NEVER_WITH.get(a)?.has(b) ?? false;
}

/** Coats over shorts never; otherwise warm things beside summery ones are half a look. */
function judgeWarmth(a: Dressed, b: Dressed): Verdict {
  const [one, other] = [seasonOf(a), seasonOf(b)];
  const warm = one.isWarm && other.isSummery ? a : other.isWarm && one.isSummery ? b : null;
  if (warm === null) return AGREED;
  const reason = { EN: 'one is for cold days, the other for warm ones', ZH: '一件适合冷天，另一件适合热天' };
  const never = COVERS.has(kindOf(warm)) || warm.slot === 'OUTER' || WARM_WORDS.test(warm.title);
  return { score: never ? 0 : 0.4, reason };
}

/** A piece is judged against many, and its words say the same to each. */
const seasons = new WeakMap<Dressed, { isWarm: boolean; isSummery: boolean }>();

function seasonOf(piece: Dressed): { isWarm: boolean; isSummery: boolean } {
  const known = seasons.get(piece);
  if (known) return known;
  const season = { isWarm: isWarm(piece), isSummery: isSummery(piece) };
  seasons.set(piece, season);
  return season;
}

function isWarm(piece: Dressed): boolean {
  if (WARM_WORDS.test(wordsOf(piece))) return true;
  if (SUMMER_WORDS.test(wordsOf(piece))) return false;
  const byType = piece.garmentType !== null && WARM_TYPES.has(piece.garmentType);
  return WARM.has(kindOf(piece)) || byType;
}

function isSummery(piece: Dressed): boolean {
  if (WARM_WORDS.test(wordsOf(piece))) return false;
  return SUMMERY.has(kindOf(piece)) || piece.garmentType === 'SHORTS' || SUMMER_WORDS.test(wordsOf(piece));
}

function onlyWith(piece: Dressed, other: Dressed): Said | null {
  const kind = kindOf(piece);
  if (other.slot === 'FULL_BODY' && NEVER_ON_FULL_BODY.has(kind))
    return {
      EN: `${kindName(piece)} is not worn with ${kindName(other)}`,
      ZH: `“${piece.title}”不与“${other.title}”同穿`,
    };
  const partner = PARTNERS_OF.get(kind);
  if (!partner || partner.slot !== other.slot || partner.only.includes(kindOf(other))) return null;
  return { EN: `${kindName(piece)} ${partner.why.EN}`, ZH: `“${piece.title}”${partner.why.ZH}` };
}

/** A piece is judged against many, and its category is the same to each. */
const kinds = new WeakMap<PieceFacts, string>();

function kindOf(piece: PieceFacts): string {
  const known = kinds.get(piece);
  if (known !== undefined) return known;
  const kind = piece.category?.trim().toLowerCase() ?? '';
  kinds.set(piece, kind);
  return kind;
}

function wordsOf({ title, tags }: PieceFacts): string {
  return [title, ...tags].join(' ');
}

function kindName({ category, title }: PieceFacts): string {
  return category === null ? `“${title}”` : `what is filed under ${category}`;
}
