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

function reading(type: string, certain: number, rest: { category: number[]; color: number[] }): Classification {
  const other = (1 - certain) / (GARMENT_TYPES.length - 1);
  return {
    garmentType: Float32Array.from(GARMENT_TYPES, (name) => (name === type ? certain : other)),
    category: Float32Array.from(rest.category),
    color: Float32Array.from(rest.color),
    gender: Float32Array.of(0.9, 0.1),
    usage: Float32Array.of(0.3, 0.35),
  };
}
const redDress = reading('DRESS', 0.95, { category: [0.97, 0.02, 0.01], color: [0.9, 0.05, 0.05] });
const inBlue = reading('T_SHIRT', 0.2, { category: [0.3, 0.3, 0.4], color: [0.04, 0.92, 0.04] });
const watch = reading('SHOES', 0.5, { category: [0.01, 0.01, 0.98], color: [0.1, 0.1, 0.8] });

describe('reading a request', () => {
  it('takes the colour from the words and the type from the picture of "this dress, in blue"', () => {
    const read = interpretQuery(
      { words: inBlue, picture: redDress, both: redDress, isBlank: false },
      labels,
      thresholds,
    );
    expect(read.colors).toEqual(['Blue']);
    expect(read.garmentTypes[0]).toMatchObject({ garmentType: 'DRESS' });
    expect(read.queryRoots.color).toEqual(inBlue.color.map(Math.sqrt));
    expect(read.queryRoots.category).toEqual(redDress.category.map(Math.sqrt));
    expect(read.requested).toEqual({ garmentType: null, colors: ['Blue'], gender: null, usage: null });
  });

  it('says nothing of a type where words alone name none', () => {
    const read = interpretQuery({ words: inBlue, picture: null, both: inBlue, isBlank: false }, labels, thresholds);
    expect(read.typeProbabilities).toBeNull();
    expect(read.garmentTypes).toHaveLength(10);
    expect(read.garmentTypes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  it('names no colours where neither words nor picture do', () => {
    const read = interpretQuery(
      {
        words: watch && { ...watch, color: Float32Array.of(0.3, 0.4, 0.3) },
        picture: null,
        both: watch,
        isBlank: false,
      },
      labels,
      thresholds,
    );
    expect(read.colors).toEqual([]);
  });

  it('asks for none of the ten types where the picture shows a watch', () => {
    const read = interpretQuery({ words: null, picture: watch, both: watch, isBlank: false }, labels, thresholds);
    expect(Math.max(...read.typeProbabilities!)).toBeLessThan(0.05);
  });
});

describe('a request that asks for nothing', () => {
  const noise = reading('PANTS', 0.2, { category: [0.07, 0.05, 0.03], color: [0.2, 0.1, 0.1] });
  const emoji = reading('DRESS', 0.13, { category: [0.03, 0.03, 0.03], color: [0.1, 0.1, 0.1] });
  const showsNothing = (words: Classification | null, picture: Classification | null, isBlank = false): boolean =>
    interpretQuery({ words, picture, both: picture ?? words!, isBlank }, labels, thresholds).showsNothing;

  it('has a picture of nothing that the head knows, or of one shade', () => {
    expect(showsNothing(null, noise)).toBe(true);
    expect(showsNothing(emoji, noise)).toBe(true);
    expect(showsNothing(null, redDress, true)).toBe(true);
  });

  it('is not one whose picture shows something or whose words name something', () => {
    expect(showsNothing(null, redDress)).toBe(false);
    expect(showsNothing(null, watch)).toBe(false);
    expect(showsNothing(inBlue, noise)).toBe(false);
    expect(showsNothing(watch, redDress, true)).toBe(false);
    expect(showsNothing(emoji, null)).toBe(false);
  });
});

describe('a picture of a catalog garment', () => {
  it('is of the type that the catalog knows, whatever the head sees', () => {
    const known = classificationOfType(redDress, 'SHIRT', labels);
    const read = interpretQuery({ words: null, picture: known, both: redDress, isBlank: false }, labels, thresholds);
    expect(read.garmentTypes[0]).toEqual({ garmentType: 'SHIRT', probability: 1 });
    expect(read.typeProbabilities![GARMENT_TYPES.indexOf('SHIRT')]).toBeCloseTo(1, 5);
    expect(read.colors).toEqual(['Red']);
  });
});

describe('words', () => {
  it('for something that nobody tries on are told from words for nothing in particular', () => {
    const namesOther = (words: Classification): boolean =>
      interpretQuery({ words, picture: null, both: words, isBlank: false }, labels, thresholds).namesOtherCategory;
    expect(namesOther(watch)).toBe(true);
    expect(namesOther(inBlue)).toBe(false);
    expect(namesOther(redDress)).toBe(false);
  });
});

describe('filling in what a merchant left out', () => {
  const said = mergeFacts(null, { sku: 'A', title: 'Something nice' });

  it('says which fields it filled and leaves those empty that it is not sure of', () => {
    const { facts, inferredFields } = inferFacts(said, redDress, labels);
    expect(facts).toMatchObject({
      category: 'Dresses',
      garmentType: 'DRESS',
      color: 'Red',
      gender: 'MEN',
      usage: null,
    });
    expect(inferredFields).toEqual(['category', 'garmentType', 'color', 'gender']);
  });

  it('goes by the picture where the words name nothing, and by both where they do', () => {
    const nameless = reading('HAT', 0.3, { category: [0.2, 0.4, 0.4], color: [0.3, 0.4, 0.3] });
    const garment = readGarment({ words: nameless, picture: redDress, both: nameless }, thresholds);
    expect(inferFacts(said, garment, labels).facts).toMatchObject({
      garmentType: 'DRESS',
      category: 'Dresses',
      color: 'Red',
    });
    const named = readGarment({ words: watch, picture: redDress, both: watch }, thresholds);
    expect(inferFacts(said, named, labels).facts).toMatchObject({
      garmentType: null,
      category: 'Watches',
      color: 'Black',
    });
  });

  it('never infers a type that the inferred category contradicts', () => {
    const torn = { ...redDress, garmentType: watch.garmentType };
    expect(inferFacts(said, torn, labels).facts).toMatchObject({ garmentType: 'DRESS', category: 'Dresses' });
  });

  it('never overrules the merchant, and keeps to the categories of the type that they said', () => {
    const { facts, inferredFields } = inferFacts({ ...said, garmentType: 'SHIRT', color: 'Teal' }, redDress, labels);
    expect(facts).toMatchObject({ category: 'Shirts', garmentType: 'SHIRT', color: 'Teal' });
    expect(inferredFields).not.toContain('color');
  });

  it('gives a watch no garment type', () => {
    expect(inferFacts({ ...said, category: 'watches' }, watch, labels).facts.garmentType).toBeNull();
    expect([...garmentTypeProbabilities({ ...said, category: 'Watches' }, redDress, labels)]).toEqual(
      Array(10).fill(0),
    );
  });
});

it('names no colour where all are equally likely', () => {
  const even = (count: number) => new Float32Array(count).fill(1 / count);
  const colors = Array.from({ length: 46 }, (_, i) => `Colour ${i}`);
  const picture = { garmentType: even(10), category: even(2), color: even(46), gender: even(6), usage: even(8) };
  const own = { ...labels, category: ['Dresses', 'Watches'], color: colors, categoryToGarmentType: {} };
  expect(interpretQuery({ words: null, picture, both: picture, isBlank: false }, own, thresholds).colors).toEqual([]);
});
