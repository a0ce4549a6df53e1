import type { Garment } from '../../../../src/domain/catalog/garment.js';
import { reasonsFor } from '../../../../src/domain/recommend/explanations.js';
import type { RankedGarment } from '../../../../src/domain/recommend/recommendation.js';
import type { RequestedLabels } from '../../../../src/domain/recommend/query.understanding.js';

const garment = { garmentType: 'DRESS', color: 'Navy Blue' } as Garment;
const nothingAsked: RequestedLabels = {
  garmentType: null,
  colors: [],
  gender: null,
  usage: null,
  hasWords: true,
  hasPicture: true,
  avoids: false,
  isWeak: false,
};
const far: RankedGarment = {
  garmentId: '1',
  rank: 1,
  score: 0.1,
  contributions: [{ name: 'textSimilarity', value: 0.1 }],
  textSimilarity: 0.1,
  imageSimilarity: 0.1,
  typeProbability: 0.1,
};

describe('reasonsFor explains a garment', () => {
  it('reasonsFor names the requested type and color if the garment has them', () => {
    const asked = { ...nothingAsked, garmentType: 'DRESS' as const, colors: ['Blue', 'Navy Blue'] };
    expect(reasonsFor(far, garment, asked)).toEqual(['navy blue, as you asked', 'a dress, as you asked']);
    expect(reasonsFor(far, { ...garment, garmentType: 'SKIRT', color: 'Red' }, asked)).toEqual([
      'the nearest that the catalog has',
    ]);
  });

  it('reasonsFor mentions the photo only if the garment looks like it', () => {
    expect(reasonsFor({ ...far, imageSimilarity: 0.9 }, garment, nothingAsked)).toEqual(['looks like your photo']);
    expect(reasonsFor({ ...far, imageSimilarity: null }, garment, nothingAsked)).not.toContain('looks like your photo');
  });

  it('reasonsFor names the kind in the photo if the text names none and the garment does not look alike', () => {
    const sameKind = { ...far, typeProbability: 0.9 };
    expect(reasonsFor(sameKind, garment, nothingAsked)).toEqual(['the same kind as in your photo']);
    expect(reasonsFor({ ...sameKind, imageSimilarity: 0.9 }, garment, nothingAsked)).toEqual(['looks like your photo']);
    expect(reasonsFor(sameKind, garment, { ...nothingAsked, garmentType: 'SHIRT' })).not.toContain(
      'the same kind as in your photo',
    );
    expect(reasonsFor(sameKind, garment, { ...nothingAsked, hasPicture: false })).not.toContain(
      'the same kind as in your photo',
    );
  });

  it('reasonsFor mentions avoided terms only if the garment has little of them', () => {
    const avoiding = { ...nothingAsked, avoids: true };
    const close = { ...far, contributions: [{ name: 'avoid' as const, value: -0.5 }] };
    expect(reasonsFor(far, garment, avoiding)).toEqual(['keeps clear of what you do not want']);
    expect(reasonsFor(close, garment, avoiding)).toEqual(['the nearest that the catalog has']);
  });
});
