// Whether two garments are cut for one person. Adults' and children's never meet, nor do men's and women's.
import { GENDERS, type Gender } from '../catalog/garment.js';
import type { LocalizedText } from '../text/language.js';
import { AGREED, type OutfitItemFacts, type PairAssessment, memoized } from './slot.js';
/** Whom each goes with beside itself. UNISEX is for everyone, KIDS for children of any gender. */
const ALSO_WITH: Readonly<Record<Gender, readonly Gender[]>> = {
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

/** A garment of which nobody knows whom it is cut for may be wrong: better than nothing, behind all that are known. */
const UNKNOWN: PairAssessment = {
  score: 0.6,
  reason: { EN: 'it is not known whom one of them is cut for', ZH: '不清楚其中一件适合谁穿' },
};

/** 1 where both are cut for one person, 0 where they are not. */
export function assessGenders(a: Pick<OutfitItemFacts, 'gender'>, b: Pick<OutfitItemFacts, 'gender'>): PairAssessment {
  if (a.gender === null || b.gender === null) return UNKNOWN;
  if (a.gender === b.gender || ALSO_WITH[a.gender].includes(b.gender)) return AGREED;
  return apart(a.gender, b.gender);
}

const apart = memoized((a, b) => {
  const [one, other] = [PEOPLE[a as Gender], PEOPLE[b as Gender]];
  const reason = {
    EN: `one is cut for ${one.EN}, the other for ${other.EN}`,
    ZH: `一件是${one.ZH}，另一件是${other.ZH}`,
  };
  return { score: 0, reason };
});

/** All that go with every one of these; null for those of whom it is not known. */
export function gendersWith(genders: readonly (Gender | null)[]): Gender[] {
  return GENDERS.filter((candidate) =>
    genders.every((gender) => gender === null || assessGenders({ gender }, { gender: candidate }).score > 0),
  );
}
