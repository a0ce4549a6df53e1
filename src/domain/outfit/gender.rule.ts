// Gender compatibility of two garments: adults and children never match, nor do men and women.
import { GENDERS, type Gender } from '../catalog/garment.js';
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, memoized } from './slot.js';

/** The other genders that each gender goes with. UNISEX is for everyone, KIDS for children of any gender. */
const COMPATIBLE_WITH: Readonly<Record<Gender, readonly Gender[]>> = {
  MEN: ['UNISEX'],
  WOMEN: ['UNISEX'],
  BOYS: ['KIDS', 'UNISEX'],
  GIRLS: ['KIDS', 'UNISEX'],
  KIDS: ['BOYS', 'GIRLS', 'UNISEX'],
  UNISEX: ['MEN', 'WOMEN', 'BOYS', 'GIRLS', 'KIDS'],
};

const PEOPLE: Readonly<Record<Gender, LocalizedText>> = {
  MEN: { EN: 'men', ZH: '男装' },
  WOMEN: { EN: 'women', ZH: '女装' },
  BOYS: { EN: 'boys', ZH: '男童装' },
  GIRLS: { EN: 'girls', ZH: '女童装' },
  KIDS: { EN: 'kids', ZH: '童装' },
  UNISEX: { EN: 'everyone', ZH: '中性款' },
};

/** Score for an unknown gender: the garment can be wrong, so it ranks below all garments with a known gender. */
const UNKNOWN: PairAssessment = {
  score: 0.6,
  reason: { EN: 'the gender of one item is unknown', ZH: '不清楚其中一件适合谁穿' },
};

/** Returns a score of 1 for compatible genders, 0 for incompatible ones and 0.6 if one is unknown. */
export function assessGenders(a: Pick<OutfitItemFacts, 'gender'>, b: Pick<OutfitItemFacts, 'gender'>): PairAssessment {
  if (a.gender === null || b.gender === null) return UNKNOWN;
  if (a.gender === b.gender || COMPATIBLE_WITH[a.gender].includes(b.gender)) return AGREED;
  return incompatible(a.gender, b.gender);
}

const incompatible = memoized((a, b) => {
  const [one, other] = [PEOPLE[a as Gender], PEOPLE[b as Gender]];
  const reason = {
    EN: `one is cut for ${one.EN}, the other for ${other.EN}`,
    ZH: `一件是${one.ZH}，另一件是${other.ZH}`,
  };
  return { score: 0, reason };
});

/** Returns the genders that go with every given gender. Null stands for an unknown gender and restricts nothing. */
export function gendersWith(genders: readonly (Gender | null)[]): Gender[] {
  return GENDERS.filter((candidate) =>
    genders.every((gender) => gender === null || assessGenders({ gender }, { gender: candidate }).score > 0),
  );
}
