// Operations with a hostile value at each argument and input field of a GraphQL schema.
//
//   const cases = operationsOf(schema, { 'Query.garment.sku': 'FR-DR-001' });
//   fc.assert(fc.asyncProperty(fc.constantFrom(...cases).chain(hostileVariables), ask), { seed });
import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { HOSTILE_VALUES } from './hostile.values.js';

/** A field at the end of a path from a root type, and one position in its arguments. */
export interface FieldCase {
  /** For example `Query.garments(filter.brands[])`. */
  name: string;
  /** A document that requests the field, with a variable for each argument on the path. */
  query: string;
  /** Valid values, as far as they are known. The position under test is filled too. */
  variables: Readonly<Record<string, unknown>>;
  /** Path in `variables` where the hostile value goes. A number is an index of a list. */
  place: readonly (string | number)[];
  /** The type at that position. */
  type: GraphQLInputType;
}

/** An operation as a client sends it. */
export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/**
 * Valid values by coordinate: `Type.field.argument` or `InputType.field`. An input field whose value is null or
 * undefined is left out, unless it is the field under test.
 */
export type KnownValues = Readonly<Record<string, unknown>>;

/** Values without which most operations end at their first check. */
const DEFAULTS: KnownValues = {
  'ContributionWeightInput.name': 'color',
  'ContributionWeightInput.factor': 2,
  'ExperimentInput.id': undefined,
  'ExperimentSettingsInput.diversity': 0.5,
  'GarmentFilter.currency': 'EUR',
  'GarmentFilter.minPrice': '1.00',
  'GoldenQueryInput.within': 10,
  'ImageInput.base64': undefined,
  'ImageInput.upload': undefined,
  'ImageInput.url': undefined,
  'Insights.coverage.from': undefined,
  'MerchandisingRuleInput.action': 'BOOST',
  'MerchandisingRuleInput.filter': undefined,
  'MoneyInput.amount': '49.90',
  'RecommendOutfitInput.text': 'red dress',
  'MoneyInput.currency': 'EUR',
  'Mutation.upsertGarments.dryRun': false,
};

/** Returns one case for each argument, input field and list element that a client can reach. */
export function operationsOf(schema: GraphQLSchema, known: KnownValues = {}): FieldCase[] {
  const values: KnownValues = { ...DEFAULTS, ...known };
  return pathsOf(schema).flatMap((path) => casesOf(path, values));
}

/** Returns the operation with a hostile value, null, or a hostile list or object at the position under test. */
export function hostileVariables(fieldCase: FieldCase): fc.Arbitrary<Operation> {
  const { query, variables, place, type } = fieldCase;
  return fc
    .oneof(
      { weight: 6, arbitrary: hostile(type, 3) },
      { weight: 1, arbitrary: fc.constantFrom(null, undefined, {}, [], [[]], { '\0': 1 }) },
    )
    .map((value) => ({ query, variables: replaced(variables, place, value) as Record<string, unknown> }));
}

/**
 * Returns the operations with every fixed hostile value of the type, in order. This walk is systematic and needs no
 * seed.
 */
export function hostileOperations(fieldCase: FieldCase): Operation[] {
  const { query, variables, place, type } = fieldCase;
  return fixedValues(type).map((value) => ({
    query,
    variables: replaced(variables, place, value) as Record<string, unknown>,
  }));
}

interface Step {
  parent: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
}

/** Returns the shortest path to every field that takes arguments, parents first. */
function pathsOf(schema: GraphQLSchema): Step[][] {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const queue: { type: GraphQLObjectType; path: Step[] }[] = roots.map((type) => ({ type, path: [] }));
  const seen = new Set<string>(roots.map(({ name }) => name));
  const paths: Step[][] = [];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const field of Object.values(next.type.getFields())) {
      const path = [...next.path, { parent: next.type, field }];
      if (field.args.length > 0) paths.push(path);
      const type = getNamedType(field.type);
      if (!isObjectType(type) || seen.has(type.name)) continue;
      seen.add(type.name);
      queue.push({ type, path });
    }
  }
  return paths;
}

const variableOf = ({ parent, field }: Step, argument: GraphQLArgument): string =>
  `${parent.name}_${field.name}_${argument.name}`;

const coordinateOf = ({ parent, field }: Step, argument: GraphQLArgument): string =>
  `${parent.name}.${field.name}.${argument.name}`;

function casesOf(path: Step[], known: KnownValues): FieldCase[] {
  const last = path.at(-1)!;
  const query = documentOf(path);
  const variables = Object.fromEntries(
    path.flatMap((step) =>
      step.field.args.map((argument) => [
        variableOf(step, argument),
        goodValue(argument.type, coordinateOf(step, argument), known),
      ]),
    ),
  );
  return last.field.args.flatMap((argument) =>
    placesIn(argument.type, [variableOf(last, argument)], known).map(({ place, type }) => {
      const within = place
        .slice(1)
        .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
        .join('');
      const name = `${last.parent.name}.${last.field.name}(${argument.name}${within})`;
      return { name, query, variables, place, type };
    }),
  );
}

function documentOf(path: Step[]): string {
  const operation = path[0]!.parent.name === 'Mutation' ? 'mutation' : 'query';
  const declared = path.flatMap((step) =>
    step.field.args.map((argument) => `$${variableOf(step, argument)}: ${String(argument.type)}`),
  );
  const selection = path.reduceRight(
    (inner, step) => {
      const passed = step.field.args.map((argument) => `${argument.name}: $${variableOf(step, argument)}`).join(', ');
      return `${step.field.name}${passed && `(${passed})`}${inner && ` { ${inner} }`}`;
    },
    leavesOf(path.at(-1)!.field.type),
  );
  return `${operation} (${declared.join(', ')}) { ${selection} }`;
}

/** Object fields that show the result of an operation and start no work of their own. */
const SHOWN_OBJECTS = new Set(['userErrors', 'warnings', 'edges', 'node', 'pageInfo', 'garments', 'store', 'values']);

function leavesOf(type: GraphQLOutputType, depth = 3): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some(({ type }) => isNonNullType(type)));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0);
  const objects = depth === 0 ? [] : fields.filter(({ name, args }) => args.length === 0 && SHOWN_OBJECTS.has(name));
  const nested = objects.map((field) => `${field.name} { ${leavesOf(field.type, depth - 1)} }`);
  return ['__typename', ...leaves.map(({ name }) => name), ...nested].join(' ');
}

/** Returns a value of the type that a server is likely to accept. */
function goodValue(type: GraphQLInputType, coordinate: string, known: KnownValues): unknown {
  if (coordinate in known) return known[coordinate];
  if (isListType(getNullableType(type))) {
    const item = goodValue(itemOf(type), coordinate, known);
    return item === undefined ? undefined : [item];
  }
  const named = getNullableType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const values = fields.map((field) => [
      field.name,
      isNonNullType(field.type) || `${named.name}.${field.name}` in known
        ? goodValue(field.type, `${named.name}.${field.name}`, known)
        : undefined,
    ]);
    return isNonNullType(type) || isListType(type) || coordinate === '' ? Object.fromEntries(values) : undefined;
  }
  return isNonNullType(type) ? sampleOf(type) : undefined;
}

const itemOf = (type: GraphQLInputType): GraphQLInputType =>
  (getNullableType(type) as unknown as { ofType: GraphQLInputType }).ofType;

function sampleOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]!.name;
  const samples: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true, Decimal: '1.00' };
  return samples[named.name] ?? 'fuzz';
}

interface Place {
  place: (string | number)[];
  type: GraphQLInputType;
}

/** Returns the position itself, the elements of a list and the fields of an object, at every depth. */
function placesIn(type: GraphQLInputType, place: (string | number)[], known: KnownValues): Place[] {
  const here = { place, type };
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [here, ...placesIn(itemOf(type), [...place, 0], known)];
  if (!isInputObjectType(nullable)) return [here];
  const fields = Object.values(nullable.getFields());
  return [here, ...fields.flatMap((field) => placesIn(field.type, [...place, field.name], known))];
}

/** Returns a copy with the value at the position. Missing objects and lists on the path are created. */
function replaced(container: unknown, place: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  const inner = replaced((container as Record<string | number, unknown> | undefined)?.[key], rest, value);
  if (typeof key === 'number') return Object.assign(Array.isArray(container) ? [...container] : [], { [key]: inner });
  return { ...(container as object | undefined), [key]: inner };
}

/** Lengths of lists: the limits of the schema, one more than each limit, and far more. */
const LIST_LENGTHS = [2, 10, 20, 21, 50, 51, 100, 101, 1_000, 1_001, 10_000];

function fixedValues(type: GraphQLInputType): unknown[] {
  const nullable = getNullableType(type);
  const always = [null, undefined];
  if (isListType(nullable)) {
    const item = goodValue(itemOf(type), '', DEFAULTS) ?? sampleOf(itemOf(type));
    const different = (i: number): unknown =>
      typeof item === 'string' && !isEnumType(getNamedType(type)) ? `${item}-${i}` : item;
    const lists = LIST_LENGTHS.flatMap((length) => [
      Array.from({ length }, () => item),
      Array.from({ length }, (_, i) => different(i)),
    ]);
    return [...always, [], [null], [[]], {}, 'a', ...lists];
  }
  if (isInputObjectType(nullable)) return [...always, {}, [], 'a', { unknown: 1 }, JSON.parse('{"__proto__":1}')];
  const { name } = getNamedType(type);
  const values = isEnumType(nullable)
    ? [...nullable.getValues().map((enumValue) => enumValue.name), '', 'NONE', 0]
    : HOSTILE_VALUES[name]!;
  return [...always, ...values];
}

function hostile(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = hostile(itemOf(type), depth - 1);
    const repeated = fc
      .tuple(item, fc.constantFrom(...LIST_LENGTHS))
      .map(([value, length]) => Array.from({ length: withinBytes(value, length) }, () => value));
    return fc.oneof(fc.array(item, { maxLength: 3 }), repeated, fc.constantFrom(...fixedValues(type)));
  }
  if (isInputObjectType(nullable)) {
    if (depth <= 0) return fc.constant({});
    const fields = Object.values(nullable.getFields());
    const record = Object.fromEntries(fields.map((field) => [field.name, hostile(field.type, depth - 1)]));
    const requiredKeys = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name);
    return fc.record(record, { requiredKeys });
  }
  const fixed = fc.constantFrom(...fixedValues(type));
  return fc.oneof({ weight: 3, arbitrary: fixed }, { weight: 1, arbitrary: generated(getNamedType(type).name) });
}

/** Size of a list in bytes of JSON, so that it fits into a request of 16 MB. */
const MAX_BYTES = 4_000_000;

function withinBytes(value: unknown, length: number): number {
  const bytes = JSON.stringify(value ?? null).length + 1;
  return Math.max(1, Math.min(length, Math.floor(MAX_BYTES / bytes)));
}

function generated(name: string): fc.Arbitrary<unknown> {
  if (name === 'Int') return fc.oneof(fc.maxSafeInteger(), fc.integer());
  if (name === 'Float') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (name === 'DateTime') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (name === 'Decimal') return fc.tuple(fc.bigInt(), fc.nat()).map(([whole, part]) => `${whole}.${part}`);
  if (name === 'Boolean') return fc.boolean();
  const parts = fc.array(
    fc.constantFrom(...(HOSTILE_VALUES['String'] as string[]).filter((text) => text.length < 300)),
    {
      maxLength: 6,
    },
  );
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    parts.map((texts) => texts.join(' ')),
  );
}
