// Fields that a STOREFRONT key cannot see, compared with unknown fields.
// The responses must be the same.
import fc from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { requireResponse } from './answers.js';
import { Fault, fuzzKind, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { sendRequest } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

interface Hidden {
  /** Index of the hidden field, modulo their number. */
  pick: number;
  form: 'at the root' | 'in a fragment' | 'beside a visible field' | 'with an alias';
}

interface HiddenField {
  type: string;
  root: string | null;
  name: string;
}

const fieldsByServer = new WeakMap<WatchedServer, Promise<HiddenField[]>>();

async function schemaFor(caller: FuzzCaller, { port, headersOf }: WatchedServer): Promise<GraphQLSchema> {
  const headers = { 'content-type': 'application/json', ...headersOf(caller) };
  const { data } = requireResponse(
    await sendRequest(port, { headers, body: JSON.stringify({ query: getIntrospectionQuery() }) }),
  );
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

async function fieldsHiddenIn(server: WatchedServer): Promise<HiddenField[]> {
  const [fullSchema, visibleSchema] = await Promise.all([
    schemaFor('DEPLOYMENT', server),
    schemaFor('STOREFRONT', server),
  ]);
  const roots: Record<string, string> = { Query: 'query', Mutation: 'mutation' };
  return Object.values(fullSchema.getTypeMap()).flatMap((type) => {
    const visible = visibleSchema.getType(type.name);
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
  known: { 'the first hidden field': { pick: 0, form: 'at the root' } },
  isLarge: () => false,
  async run({ pick, form }, server) {
    const fields = fieldsByServer.get(server) ?? fieldsHiddenIn(server);
    fieldsByServer.set(server, fields);
    const hiddenFieldList = await fields;
    const field = hiddenFieldList[pick % hiddenFieldList.length]!;
    const unknown = 'z'.repeat(field.name.length);
    const headers = { 'content-type': 'application/json', ...server.headersOf('STOREFRONT') };
    const responses = [field.name, unknown].map(async (name) => {
      const response = requireResponse(
        await sendRequest(server.port, { headers, body: JSON.stringify({ query: documentOf(field, name, form) }) }),
      );
      // Suggestions name visible fields whose names are similar, so they depend on the name alone.
      const messages = response.messages.map((message) => message.replace(/ Did you mean .*$/, ''));
      const visible = { status: response.status, codes: response.codes, messages };
      return JSON.stringify(visible)
        .replaceAll(`"${field.name}"`, `"${unknown}"`)
        .replaceAll(`\\"${field.name}\\"`, `\\"${unknown}\\"`);
    });
    const [ofHidden, ofUnknown] = await Promise.all(responses);
    if (ofHidden !== ofUnknown)
      throw new Fault(`${field.type}.${field.name} gets the response ${ofHidden}, an unknown field gets ${ofUnknown}.`);
  },
});
