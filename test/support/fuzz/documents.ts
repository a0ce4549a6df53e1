// GraphQL documents: long, deep, with many parts, damaged, and several in a row.
import fc from 'fast-check';
import { requireResponse, requireValid } from './answers.js';
import { fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { mutated, someMutations, type Mutation } from './mutations.js';
import { VALID_OPERATIONS } from './operations.js';
import { sendRequest } from './raw.http.js';

type MakeDocument = (size: number, number: number) => string;

/** Documents by form, with `size` parts or characters. Documents with different `number` differ. */
const FORMS = {
  'a literal': (size, number) => `{ garments(search: "${number}${'x'.repeat(size)}") { totalCount } }`,
  'a literal of an unknown argument': (size, number) =>
    `{ garments(none: "${number}${'x'.repeat(size)}") { totalCount } }`,
  'a block string': (size, number) => `{ garments(search: """${number}${'\n x'.repeat(size / 3)}""") { totalCount } }`,
  'a comment': (size, number) => `# ${number}${'x'.repeat(size)}\n{ __typename }`,
  comments: (size, number) => `# ${number}\n${'#x\n'.repeat(size / 3)}{ __typename }`,
  blanks: (size, number) => `${' ,\n'.repeat(size / 3)}{ a${number}: __typename }`,
  'a long name': (size, number) => `{ ${'x'.repeat(size)}${number} }`,
  'a number': (size, number) => `{ garments(first: ${number + 1}${'0'.repeat(size)}) { totalCount } }`,
  aliases: (size) => `{ ${listed(size, (i) => `a${i}: __typename`)} }`,
  fields: (size) => `{ ${listed(size, () => '__typename')} }`,
  'unknown fields': (size) => `{ ${listed(size, (i) => `none${i}`)} }`,
  'clashing fields': (size) => `{ ${listed(size, (i) => `a: garment(sku: "${i}") { sku }`)} }`,
  fragments: (size) => `{ ...F0 } ${listed(size, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)}`,
  'a fragment in itself': (size) =>
    `{ ...F0 } ${listed(size, (i) => `fragment F${i} on Query { ...F${(i + 1) % size} }`)}`,
  'inline fragments': (size) => `{ ${'... on Query { '.repeat(size)} __typename ${'}'.repeat(size)} }`,
  'deep fields': (size) => `{ garment(sku: "1") { ${'similar { '.repeat(size)} sku ${'}'.repeat(size)} } }`,
  directives: (size) => `{ __typename ${'@skip(if: false) '.repeat(size)} }`,
  'unknown directives': (size) => `{ __typename ${'@none '.repeat(size)} }`,
  'a list of lists': (size) => `{ garments(filter: ${'['.repeat(size)}${']'.repeat(size)}) { totalCount } }`,
  'an object of objects': (size) => `{ garments(filter: ${'{a:'.repeat(size)}1${'}'.repeat(size)}) { totalCount } }`,
  'unknown keys': (size) => `{ garments(filter: { ${listed(size, (i) => `k${i}: 1`)} }) { totalCount } }`,
  'wrong elements': (size) => `{ garments(filter: { brands: [${'1 '.repeat(size)}] }) { totalCount } }`,
  'wrong enums': (size) => `{ garments(filter: { genders: [${listed(size, (i) => `E${i}`)}] }) { totalCount } }`,
  variables: (size) => `query (${listed(size, (i) => `$v${i}: Int = ${i}`)}) { __typename }`,
  'unknown types': (size) => `query (${listed(size, (i) => `$v${i}: None${i}`)}) { __typename }`,
  operations: (size) => listed(size, (i) => `query Q${i} { __typename }`),
  'types of its own': (size) => listed(size, (i) => `type T${i} { a: Int }`),
  introspection: (size) => `{ __schema { types { ${'fields { type { '.repeat(size)} name ${'} }'.repeat(size)} } } }`,
  'a valid document': (size) => VALID_OPERATIONS[size % VALID_OPERATIONS.length]!.query,
} satisfies Record<string, MakeDocument>;

type Form = keyof typeof FORMS;
/** Forms with one long token or no token at all. They may fill a whole body. */
const LONG_FORMS: readonly Form[] = [
  ...(['a literal', 'a literal of an unknown argument', 'a block string', 'a comment', 'comments'] as const),
  ...(['blanks', 'a long name', 'a number'] as const),
];

const listed = (size: number, item: (i: number) => string): string =>
  Array.from({ length: size }, (_, i) => item(i)).join(' ');

interface Documents {
  caller: FuzzCaller;
  form: Form;
  size: number;
  /** Number of documents that differ only in `number`. */
  count: number;
  changes: readonly Mutation[];
}

const isLong = ({ form }: { form: Form }): boolean => LONG_FORMS.includes(form);

const documentsOf: fc.Arbitrary<Documents> = fc
  .record({
    caller: someCaller,
    form: fc.constantFrom(...(Object.keys(FORMS) as Form[])),
    size: fc.tuple(sizeUpTo(15_000_000), sizeUpTo(100_000)),
    count: fc.integer({ min: 1, max: 3 }),
    changes: someMutations,
  })
  .map(({ size: [long, parts], ...rest }) => ({ ...rest, size: isLong(rest) ? long : parts }));

const many = { caller: 'STOREFRONT', size: 15_000_000, changes: [], count: 15 } as const;
const wide = { caller: 'STOREFRONT', size: 100_000, changes: [], count: 1 } as const;

export const documents: FuzzKind = fuzzKind({
  name: 'documents',
  share: 14,
  arbitrary: documentsOf,
  known: {
    'literals of 15 MB': { ...many, form: 'a literal' },
    'comments of 15 MB': { ...many, form: 'a comment' },
    'blanks of 11 MB': { ...many, form: 'blanks', size: 11_000_000 },
    'unknown keys': { ...wide, form: 'unknown keys' },
    '400 clashing fields': { ...wide, form: 'clashing fields', size: 400 },
    'a valid document': { ...wide, form: 'a valid document', size: 0 },
  },
  isLarge: ({ size, count }) => size * count > 50_000,
  async run({ caller, form, size, count, changes }, { port, headersOf }) {
    const headers = { 'content-type': 'application/json', ...headersOf(caller) };
    for (let i = 0; i < count; i++) {
      const text = (FORMS as Record<Form, MakeDocument>)[form](size, i);
      const query = mutated(Buffer.from(text), changes).toString();
      const body = JSON.stringify({ query });
      const response = await sendRequest(port, { headers, body });
      // If the body is over the limit, the response may be lost with the connection.
      if (body.length > 15_500_000) requireValid(response);
      else requireResponse(response);
    }
  },
});
