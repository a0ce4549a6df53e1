// Every worked example of the playground, run as it stands on the sample catalog; and how many statements an answer takes.
import { parse, validate, visit } from 'graphql';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { buildFitroomSchema } from '../../src/graphql/server/schema.js';
import { EXAMPLE_GROUPS, readExamples, type Example } from '../../src/http/playground.examples.js';
import { withApp } from '../support/app.js';

// without workers: an import that one of the examples begins would have statements of its own
const server = withApp({ sample: true, config: { workers: 0 } });
const examples = await readExamples();
// nobody runs the job that draws it
beforeAll(() => server.app.own.map.keepUp({ storeId: DEFAULT_STORE_ID }), 60_000);

/** Examples whose point is that something is reported. */
const REPORTS: Record<string, string[]> = {
  '23-one-bad-garment': ['PRICE_INVALID', 'IMAGE_REQUIRED'],
  '28-cancel-an-import': ['IMPORT_NOT_FOUND'],
  // which key there is to revoke, only the list of keys can say
  '43-revoke-a-key': ['API_KEY_NOT_FOUND'],
  // the sample is answered by the only bundle that is here
  '57-switch-the-model': ['MODEL_SERVES_ALREADY'],
  // which answer there was, only an answer can say
  '60-tell-what-a-shopper-did': ['RECOMMENDATION_NOT_FOUND'],
  '59-decide-about-a-switch': Array<string>(3).fill('REEMBEDDING_NOT_FOUND'),
};
/** Whose id is to be put in. */
const WANT_AN_ID = ['27-follow-an-import', '58-how-far-is-the-switch'];

describe('the playground', () => {
  it('has examples for each of its users', () => {
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

  // in the order of the menu: what one of the merchant's examples stores the next ones find and delete
  it.each(examples.map((example) => [example.id, example] as const))(
    'example %s answers as it stands',
    async (id, example) => {
      expect(validate(buildFitroomSchema(), parse(example.query))).toEqual([]);
      const variables = example.variables === '' ? {} : (JSON.parse(example.variables) as Record<string, unknown>);
      const { data, errors } = await server.ask<Record<string, unknown>>(example.query, variables);
      expect(errors).toBeUndefined();
      for (const answer of Object.values(data!)) expect(answer === null).toBe(WANT_AN_ID.includes(id));
      expect(
        emptyLists(data).filter(
          (path) =>
            !/(userErrors|warnings|learnedRankings|variants|asked|doubts|query\.colors|\d\.feedback|result\.missing|replay\.changes|goldenRuns|\d\.confusions|\d\.shownSkus)$/.test(
              path,
            ),
        ),
      ).toEqual([]);
      expect(codesIn(data, 'userErrors')).toEqual(REPORTS[id] ?? []);
    },
  );

  it('leaves the catalog as it found it once the merchant has deleted what was stored', async () => {
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

/** Paths of lists that have nothing in them. */
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
