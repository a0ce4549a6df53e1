import { GARMENT_TYPES } from '../../../../src/domain/catalog/garment.js';
import { inferFacts, garmentTypeProbabilities } from '../../../../src/domain/catalog/attribute.inference.js';
import { mergeFacts } from '../../../../src/domain/catalog/garment.input.js';
import type { Classification } from '../../../../src/domain/recommend/classification.js';
import {
  readGarment,
  classificationOfType,
  interpretQuery,
} from '../../../../src/domain/recommend/query.understanding.js';

const labels = {
  category: ['Dresses', 'Shirts', 'Watches'],
  color: ['Red', 'Blue', 'Black'],
  gender: ['Men', 'Women'],
  usage: ['Casual', 'Formal'],
  categoryToGarmentType: { Dresses: 'DRESS', Shirts: 'SHIRT' } as const,
};
const thresholds = {
  typeNamed: 0.6,
  colorNamed: 0.6,
  categoryNamed: 0.5,
  genderNamed: 0.95,
  usageNamed: 0.95,
  categoryShown: 0.15,
};

function classify(type: string, certain: number, rest: { category: number[]; color: number[] }): Classification {
  const other = (1 - certain) / (GARMENT_TYPES.length - 1);
  return {
    garmentType: Float32Array.from(GARMENT_TYPES, (name) => (name === type ? certain : other)),
    category: Float32Array.from(rest.category),
    color: Float32Array.from(rest.color),
    gender: Float32Array.of(0.9, 0.1),
    usage: Float32Array.of(0.3, 0.35),
  };
}
const redDress = classify('DRESS', 0.95, { category: [0.97, 0.02, 0.01], color: [0.9, 0.05, 0.05] });
const inBlue = classify('T_SHIRT', 0.2, { category: [0.3, 0.3, 0.4], color: [0.04, 0.92, 0.04] });
const watch = classify('SHOES', 0.5, { category: [0.01, 0.01, 0.98], color: [0.1, 0.1, 0.8] });

describe('interpretQuery finds the requested labels', () => {
  it('interpretQuery takes the color from the text and the type from the picture for "this dress, in blue"', () => {
    const interpretation = interpretQuery(
      { words: inBlue, picture: redDress, both: redDress, isBlank: false },
      labels,
      thresholds,
    );
    expect(interpretation.colors).toEqual(['Blue']);
    expect(interpretation.garmentTypes[0]).toMatchObject({ garmentType: 'DRESS' });
    expect(interpretation.queryRoots.color).toEqual(inBlue.color.map(Math.sqrt));
    expect(interpretation.queryRoots.category).toEqual(redDress.category.map(Math.sqrt));
    expect(interpretation.requested).toEqual({ garmentType: null, colors: ['Blue'], gender: null, usage: null });
  });

  it('interpretQuery returns no type probabilities if a text without a picture names no type', () => {
    const interpretation = interpretQuery(
      { words: inBlue, picture: null, both: inBlue, isBlank: false },
      labels,
      thresholds,
    );
    expect(interpretation.typeProbabilities).toBeNull();
    expect(interpretation.garmentTypes).toHaveLength(10);
    expect(interpretation.garmentTypes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  it('interpretQuery returns no colors if neither text nor picture names one', () => {
    const interpretation = interpretQuery(
      {
        words: watch && { ...watch, color: Float32Array.of(0.3, 0.4, 0.3) },
        picture: null,
        both: watch,
        isBlank: false,
      },
      labels,
      thresholds,
    );
    expect(interpretation.colors).toEqual([]);
  });

  it('interpretQuery gives none of the ten types a probability if the picture shows a watch', () => {
    const interpretation = interpretQuery(
      { words: null, picture: watch, both: watch, isBlank: false },
      labels,
      thresholds,
    );
    expect(Math.max(...interpretation.typeProbabilities!)).toBeLessThan(0.05);
  });
});

describe('interpretQuery detects requests without content', () => {
  const noise = classify('PANTS', 0.2, { category: [0.07, 0.05, 0.03], color: [0.2, 0.1, 0.1] });
  const emoji = classify('DRESS', 0.13, { category: [0.03, 0.03, 0.03], color: [0.1, 0.1, 0.1] });
  const showsNothing = (words: Classification | null, picture: Classification | null, isBlank = false): boolean =>
    interpretQuery({ words, picture, both: picture ?? words!, isBlank }, labels, thresholds).showsNothing;

  it('showsNothing is true for a picture of noise or of a single shade', () => {
    expect(showsNothing(null, noise)).toBe(true);
    expect(showsNothing(emoji, noise)).toBe(true);
    expect(showsNothing(null, redDress, true)).toBe(true);
  });

  it('showsNothing is false if the picture shows something or the text names something', () => {
    expect(showsNothing(null, redDress)).toBe(false);
    expect(showsNothing(null, watch)).toBe(false);
    expect(showsNothing(inBlue, noise)).toBe(false);
    expect(showsNothing(watch, redDress, true)).toBe(false);
    expect(showsNothing(emoji, null)).toBe(false);
  });
});

describe('A picture of a catalog garment has a known type', () => {
  it('classificationOfType replaces the type that the head finds', () => {
    const known = classificationOfType(redDress, 'SHIRT', labels);
    const interpretation = interpretQuery(
      { words: null, picture: known, both: redDress, isBlank: false },
      labels,
      thresholds,
    );
    expect(interpretation.garmentTypes[0]).toEqual({ garmentType: 'SHIRT', probability: 1 });
    expect(interpretation.typeProbabilities![GARMENT_TYPES.indexOf('SHIRT')]).toBeCloseTo(1, 5);
    expect(interpretation.colors).toEqual(['Red']);
  });
});

describe('A text can name a category outside the ten types', () => {
  it('namesOtherCategory is true for a watch, and false for a text that names no category', () => {
    const namesOther = (words: Classification): boolean =>
      interpretQuery({ words, picture: null, both: words, isBlank: false }, labels, thresholds).namesOtherCategory;
    expect(namesOther(watch)).toBe(true);
    expect(namesOther(inBlue)).toBe(false);
    expect(namesOther(redDress)).toBe(false);
  });
});

describe('inferFacts fills in missing facts', () => {
  const stated = mergeFacts(null, { sku: 'A', title: 'Something nice' });

  it('inferFacts lists the fields that it fills and leaves uncertain fields empty', () => {
    const { facts, inferredFields } = inferFacts(stated, redDress, labels);
    expect(facts).toMatchObject({
      category: 'Dresses',
      garmentType: 'DRESS',
      color: 'Red',
      gender: 'MEN',
      usage: null,
    });
    expect(inferredFields).toEqual(['category', 'garmentType', 'color', 'gender']);
  });

  it('readGarment uses the picture if the text names nothing, and otherwise both', () => {
    const nameless = classify('HAT', 0.3, { category: [0.2, 0.4, 0.4], color: [0.3, 0.4, 0.3] });
    const garment = readGarment({ words: nameless, picture: redDress, both: nameless }, thresholds);
    expect(inferFacts(stated, garment, labels).facts).toMatchObject({
      garmentType: 'DRESS',
      category: 'Dresses',
      color: 'Red',
    });
    const named = readGarment({ words: watch, picture: redDress, both: watch }, thresholds);
    expect(inferFacts(stated, named, labels).facts).toMatchObject({
      garmentType: null,
      category: 'Watches',
      color: 'Black',
    });
  });

  it('inferFacts never infers a type that contradicts the inferred category', () => {
    const contradictory = { ...redDress, garmentType: watch.garmentType };
    expect(inferFacts(stated, contradictory, labels).facts).toMatchObject({
      garmentType: 'DRESS',
      category: 'Dresses',
    });
  });

  it('inferFacts keeps the merchant’s facts and infers only categories of the stated type', () => {
    const { facts, inferredFields } = inferFacts({ ...stated, garmentType: 'SHIRT', color: 'Teal' }, redDress, labels);
    expect(facts).toMatchObject({ category: 'Shirts', garmentType: 'SHIRT', color: 'Teal' });
    expect(inferredFields).not.toContain('color');
  });

  it('A watch has no garment type', () => {
    expect(inferFacts({ ...stated, category: 'watches' }, watch, labels).facts.garmentType).toBeNull();
    expect([...garmentTypeProbabilities({ ...stated, category: 'Watches' }, redDress, labels)]).toEqual(
      Array(10).fill(0),
    );
  });
});

it('interpretQuery returns no color if all colors are equally likely', () => {
  const even = (count: number) => new Float32Array(count).fill(1 / count);
  const colors = Array.from({ length: 46 }, (_, i) => `Color ${i}`);
  const picture = { garmentType: even(10), category: even(2), color: even(46), gender: even(6), usage: even(8) };
  const own = { ...labels, category: ['Dresses', 'Watches'], color: colors, categoryToGarmentType: {} };
  expect(interpretQuery({ words: null, picture, both: picture, isBlank: false }, own, thresholds).colors).toEqual([]);
});
