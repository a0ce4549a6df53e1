// Fields that a STOREFRONT key cannot see: asking for one is answered as asking for one that does not exist.
import fc from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { requireAnswer } from './answers.js';
import { Fault, fuzzKind, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { ask } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

interface Hidden {
  /** Which of the hidden fields, counted round. */
  pick: number;
  form: 'at the root' | 'in a fragment' | 'beside a visible field' | 'with an alias';
}

interface HiddenField {
  type: string;
  root: string | null;
  name: string;
}

const found = new WeakMap<WatchedServer, Promise<HiddenField[]>>();

async function schemaFor(caller: FuzzCaller, { port, headersOf }: WatchedServer): Promise<GraphQLSchema> {
  const headers = { 'content-type': 'application/json', ...headersOf(caller) };
  const { data } = requireAnswer(
    await ask(port, { headers, body: JSON.stringify({ query: getIntrospectionQuery() }) }),
  );
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

async function fieldsHiddenIn(server: WatchedServer): Promise<HiddenField[]> {
  const [whole, seen] = await Promise.all([schemaFor('DEPLOYMENT', server), schemaFor('STOREFRONT', server)]);
  const roots: Record<string, string> = { Query: 'query', Mutation: 'mutation' };
  return Object.values(whole.getTypeMap()).flatMap((type) => {
    const visible = seen.getType(type.name);
    if (!isObjectType(type) || !isObjectType(visible)) return [];
    const names = Object.keys(type.getFields()).filter((name) => !(name in visible.getFields()));
    return names.map((name) => ({ type: type.name, root: roots[type.name] ?? null, name }));
  });
}

function documentOf({ type, root }: HiddenField, name: string, form: Hidden['form']): string {
  if (root === null || form === 'in a fragment') return `{ __typename ...F } fragment F on ${type} { ${name} }`;
  if (form === 'beside a visible field') return `${root} { __typename ${name} }`;
  return form === 'with an alias' ? `${root} { a: ${name} }` : `${root} { ${name} }`;
}

export const hiddenFields: FuzzKind = fuzzKind<Hidden>({
  name: 'hidden fields',
  share: 2,
  arbitrary: fc.record({
    pick: fc.nat(1_000),
    form: fc.constantFrom('at the root', 'in a fragment', 'beside a visible field', 'with an alias'),
  }),
  known: { 'the first of them': { pick: 0, form: 'at the root' } },
  isLarge: () => false,
  async run({ pick, form }, server) {
    const fields = found.get(server) ?? fieldsHiddenIn(server);
    found.set(server, fields);
    const all = await fields;
    const field = all[pick % all.length]!;
    const unknown = 'z'.repeat(field.name.length);
    const headers = { 'content-type': 'application/json', ...server.headersOf('STOREFRONT') };
    const answers = [field.name, unknown].map(async (name) => {
      const answer = requireAnswer(
        await ask(server.port, { headers, body: JSON.stringify({ query: documentOf(field, name, form) }) }),
      );
      const told = { status: answer.status, codes: answer.codes, messages: answer.messages };
      return JSON.stringify(told)
        .replaceAll(`"${field.name}"`, `"${unknown}"`)
        .replaceAll(`\\"${field.name}\\"`, `\\"${unknown}\\"`);
    });
    const [ofHidden, ofUnknown] = await Promise.all(answers);
    if (ofHidden !== ofUnknown)
      throw new Fault(`${field.type}.${field.name} is answered with ${ofHidden}, an unknown field with ${ofUnknown}.`);
  },
});
