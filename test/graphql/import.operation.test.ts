// Variables that an operation passes to `importCatalog`.
import { importedVariables } from '../../src/graphql/server/import.operation.js';

const names = (text: string, operationName: string | null = null): string[] => [
  ...importedVariables(text, operationName),
];

describe('the variables of an import', () => {
  it.each([
    ['at the root', 'mutation ($in: X!) { importCatalog(input: $in) { id } }'],
    ['with an alias', 'mutation ($in: X!) { garments: importCatalog(input: $in) { id } }'],
    ['inside an object', 'mutation ($in: Upload!) { importCatalog(input: { upload: $in }) { id } }'],
    ['in an inline fragment', 'mutation ($in: X!) { ... on Mutation { ... { importCatalog(input: $in) { id } } } }'],
    [
      'in fragments',
      'mutation ($in: X!) { ...A } fragment A on Mutation { ...B } fragment B on Mutation { importCatalog(input: $in) { id } }',
    ],
  ])('the variables are found %s', (_, text) => {
    expect(names(text)).toEqual(['in']);
  });

  it.each([
    [
      'another field has the name in an argument',
      'mutation ($in: X!) { upsert(name: "importCatalog", input: $in) { id } }',
    ],
    ['the name is a comment', 'mutation ($in: X!) { upsert(input: $in) { id } } # importCatalog(input: $in)'],
    ['the name is an alias', 'mutation ($in: X!) { importCatalog: upsert(input: $in) { id } }'],
    ['the field is nested', 'mutation ($in: X!) { upsert { importCatalog(input: $in) { id } } }'],
    ['the text is not GraphQL', 'importCatalog('],
    [
      'a fragment spreads itself',
      'mutation ($in: X!) { ...A } fragment A on Mutation { ...A importCatalogs(input: $in) }',
    ],
    ['two operations have no name to choose by', 'mutation A($in: X!) { importCatalog(input: $in) } mutation B { b }'],
  ])('there are no variables if %s', (_, text) => {
    expect(names(text)).toEqual([]);
  });

  it('the variables are those of the named operation', () => {
    const text = 'mutation A($a: X!) { importCatalog(input: $a) } mutation B($b: X!) { upsert(input: $b) }';
    expect(names(text, 'A')).toEqual(['a']);
    expect(names(text, 'B')).toEqual([]);
    expect(names(text, 'C')).toEqual([]);
  });
});
