// Whether two kinds of garment are worn together at all: warm with warm, and what belongs only to certain clothes. Categories
// as in slot.ts, where a merchant's own words fall back on the try-on type.
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, shareBodyArea, type OutfitSlot } from './slot.js';
type Dressed = OutfitItemFacts & { slot: OutfitSlot };

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
/** Words of titles and tags that say warm or summery more surely than a category. */
const WARM_WORDS = /\b(winter|wool(len)?|puffer|quilted|parka|beanie|fleece|down|boots?)\b/i;
const SUMMER_WORDS = /\b(summer|beach|straw|sandals?|flip.?flops?)\b/i;

/** What is worn, in some other slot, only with certain categories; each kind stands once. */
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
const OUT_OF_PLACE: PairAssessment = {
  score: 0.1,
  reason: { EN: 'one is for sports or the weather, the other is dressed up', ZH: '一件是运动或防雨用的，另一件较正式' },
};
const NEVER_REASON: LocalizedText = {
  EN: 'they belong to dress codes that never meet',
  ZH: '两者属于从不混搭的着装场合',
};

/** Of a dress nothing is worn that needs trousers or a collar. */
const NEVER_ON_FULL_BODY = new Set(['ties', 'cufflinks', 'suspenders', 'waistcoat']);

export function assessRoles(a: Dressed, b: Dressed): PairAssessment {
  if (shareBodyArea(a.slot, b.slot))
    return { score: 0, reason: { EN: 'both are worn in one place', ZH: '两件穿在同一个位置' } };
  const [one, other] = [roleOf(a), roleOf(b)];
  const alone = onlyWith(one, other) ?? onlyWith(other, one);
  if (alone !== null) return { score: 0, reason: alone };
  if (one.neverWith.has(other.kind)) return { score: 0, reason: NEVER_REASON };
  if (isOutOfPlace(one, other) || isOutOfPlace(other, one)) return OUT_OF_PLACE;
  return judgeWarmth(one, other);
}

/** What a piece's own facts say; `kind`: its category, in lower case. */
interface Role {
  piece: Dressed;
  kind: string;
  partner: Partner | null;
  neverWith: ReadonlySet<string>;
  isWarm: boolean;
  isSummery: boolean;
}

/** A piece is judged against many, and is the same to each. */
const roles = new WeakMap<Dressed, Role>();

function roleOf(piece: Dressed): Role {
  const known = roles.get(piece);
  if (known) return known;
  const kind = piece.category?.trim().toLowerCase() ?? '';
  const [partner, neverWith] = [PARTNERS_OF.get(kind) ?? null, NEVER_WITH.get(kind) ?? NOTHING];
  const role = { piece, kind, partner, neverWith, ...seasonOf(piece, kind) };
  roles.set(piece, role);
  return role;
}

/** A cap with a dress or heels; a cape for the rain with anything but sportswear. */
function isOutOfPlace({ kind }: Role, other: Role): boolean {
  if (SPORTY_HEADS.has(kind)) return DRESSY.has(other.kind);
  return kind === 'rain jacket' && other.piece.usage?.trim().toLowerCase() !== 'sports';
}

/** Each kind with all that it never meets. */
// eslint-disable-next-line no-restricted-syntax -- filled once, from a constant
const NEVER_WITH = new Map<string, Set<string>>();
for (const [one, other] of NEVER) {
  for (const [kinds, apart] of [[one, other] as const, [other, one] as const]) {
    for (const kind of kinds) NEVER_WITH.set(kind, new Set([...(NEVER_WITH.get(kind) ?? []), ...apart]));
  }
}
// eslint-disable-next-line no-restricted-syntax -- stays empty
const NOTHING: ReadonlySet<string> = new Set();

/** Coats over shorts never; otherwise warm things beside summery ones are half a look. */
function judgeWarmth(a: Role, b: Role): PairAssessment {
  const warm = a.isWarm && b.isSummery ? a : b.isWarm && a.isSummery ? b : null;
  if (warm === null) return AGREED;
  const reason = { EN: 'one is for cold days, the other for warm ones', ZH: '一件适合冷天，另一件适合热天' };
  const never = COVERS.has(warm.kind) || warm.piece.slot === 'OUTER' || WARM_WORDS.test(warm.piece.title);
  return { score: never ? 0 : 0.4, reason };
}

function seasonOf(piece: Dressed, kind: string): Pick<Role, 'isWarm' | 'isSummery'> {
  const { title, tags, garmentType } = piece;
  const words = [title, ...tags].join(' ');
  if (WARM_WORDS.test(words)) return { isWarm: true, isSummery: false };
  if (SUMMER_WORDS.test(words)) return { isWarm: false, isSummery: true };
  const isWarm = WARM.has(kind) || (garmentType !== null && WARM_TYPES.has(garmentType));
  return { isWarm, isSummery: SUMMERY.has(kind) || garmentType === 'SHORTS' };
}

function onlyWith({ piece, kind, partner }: Role, other: Role): LocalizedText | null {
  if (other.piece.slot === 'FULL_BODY' && NEVER_ON_FULL_BODY.has(kind))
    return {
      EN: `${kindName(piece)} is not worn with ${kindName(other.piece)}`,
      ZH: `“${piece.title}”不与“${other.piece.title}”同穿`,
    };
  if (!partner || partner.slot !== other.piece.slot || partner.only.includes(other.kind)) return null;
  return { EN: `${kindName(piece)} ${partner.why.EN}`, ZH: `“${piece.title}”${partner.why.ZH}` };
}

function kindName({ category, title }: OutfitItemFacts): string {
  return category === null ? `“${title}”` : `what is filed under ${category}`;
}
