// Every example of the playground, run on the sample catalog.
import { parse, validate, visit } from 'graphql';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { buildFitroomSchema } from '../../src/graphql/server/schema.js';
import { EXAMPLE_GROUPS, readExamples, type Example } from '../../src/http/playground.examples.js';
import { withApp } from '../support/app.js';

// Without workers: an import that one of the examples starts would run statements of its own.
const server = withApp({ sample: true, config: { workers: 0 } });
const examples = await readExamples();
// No worker runs the job that draws the map.
beforeAll(() => server.app.own.map.keepUp({ storeId: DEFAULT_STORE_ID }), 60_000);

/** Error codes of the examples that show errors. */
const EXPECTED_CODES: Record<string, string[]> = {
  '23-one-bad-garment': ['PRICE_INVALID', 'IMAGE_REQUIRED'],
  '28-cancel-an-import': ['IMPORT_NOT_FOUND'],
  // Only the list of keys contains the id of a key.
  '43-revoke-a-key': ['API_KEY_NOT_FOUND'],
  // The sample catalog is served by the only bundle of this server.
  '57-switch-the-model': ['MODEL_SERVES_ALREADY'],
  // Only a recommendation contains its id.
  '60-tell-what-a-shopper-did': ['RECOMMENDATION_NOT_FOUND'],
  '59-decide-about-a-switch': Array<string>(3).fill('REEMBEDDING_NOT_FOUND'),
};
/** Examples whose id the user must fill in. */
const NEED_AN_ID = ['27-follow-an-import', '58-how-far-is-the-switch'];

describe('the playground', () => {
  it('has examples for each of its user groups', () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
    for (const group of EXAMPLE_GROUPS)
      expect(examples.filter((example) => example.group === group).length).toBeGreaterThan(3);
  });

  it('has an example of every query and mutation of the schema', () => {
    const schema = buildFitroomSchema();
    const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.keys(type.getFields()));
    expect([...new Set(examples.flatMap(fieldsOf))].filter((field) => roots.includes(field)).sort()).toEqual(
      roots.sort(),
    );
  });

  // The tests run in the order of the menu: later examples of the merchant find and delete the garments that earlier
  // ones store.
  it.each(examples.map((example) => [example.id, example] as const))(
    'returns data for the example %s as it is written',
    async (id, example) => {
      expect(validate(buildFitroomSchema(), parse(example.query))).toEqual([]);
      const variables = example.variables === '' ? {} : (JSON.parse(example.variables) as Record<string, unknown>);
      const { data, errors } = await server.ask<Record<string, unknown>>(example.query, variables);
      expect(errors).toBeUndefined();
      for (const field of Object.values(data!)) expect(field === null).toBe(NEED_AN_ID.includes(id));
      expect(
        emptyLists(data).filter(
          (path) =>
            !/(userErrors|warnings|learnedRankings|variants|asked|doubts|query\.colors|\d\.feedback|result\.missing|replay\.changes|goldenRuns|\d\.confusions|\d\.shownSkus)$/.test(
              path,
            ),
        ),
      ).toEqual([]);
      expect(codesIn(data, 'userErrors')).toEqual(EXPECTED_CODES[id] ?? []);
    },
  );

  it("leaves the catalog unchanged after the merchant's examples have deleted what they stored", async () => {
    const { garments } = await server.data<{ garments: { totalCount: number } }>(
      '{ garments(filter: { inStockOnly: false }, first: 1) { totalCount } }',
    );
    expect(garments.totalCount).toBe(300);
  });
});

function fieldsOf({ query }: Example): string[] {
  const names: string[] = [];
  visit(parse(query), { Field: ({ name }) => void names.push(name.value) });
  return names;
}

/** Returns the paths of empty lists. */
function emptyLists(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [path] : value.flatMap((item, i) => emptyLists(item, `${path}.${i}`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => emptyLists(inner, `${path}.${name}`));
}

function codesIn(value: unknown, field: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => codesIn(item, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === field ? (inner as { code: string }[]).map(({ code }) => code) : codesIn(inner, field),
  );
}
