// The schema as its own documentation: whoever reads it in the playground finds a sentence at every name.
import { isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType, type GraphQLField } from 'graphql';
import { buildFitroomSchema } from '../../src/graphql/server/schema.js';

const schema = buildFitroomSchema();
const ROOTS = ['Query', 'Mutation'];
const VALUES = new Set(
  Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .map(({ name }) => name),
);
/** Every type, field, argument, input field and enum value with what is said of it. */
const words = new Map<string, string | null | undefined>(
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type): [string, string | null | undefined][] => [
      ...(ROOTS.includes(type.name) ? [] : [[type.name, type.description] as [string, string | null | undefined]]),
      ...(isEnumType(type) ? type.getValues() : []).map((value): [string, string | null | undefined] => [
        `${type.name}.${value.name}`,
        value.description,
      ]),
      ...(isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []).flatMap(
        (field): [string, string | null | undefined][] => [
          [`${type.name}.${field.name}`, field.description],
          ...('args' in field ? (field as GraphQLField<unknown, unknown>).args : []).map(
            (argument): [string, string | null | undefined] => [
              `${type.name}.${field.name}(${argument.name})`,
              argument.description,
            ],
          ),
        ],
      ),
    ]),
);

it('says something of every type, field, argument, input field and enum value', () => {
  expect(words.size).toBeGreaterThan(400);
  expect([...words].filter(([, text]) => !text?.trim()).map(([name]) => name)).toEqual([]);
});

// "Shorts." is all there is to say of SHORTS
it('says more of it than its name, but for values, and ends what it says', () => {
  const bare = [...words].filter(([name, text]) => {
    const own = name.replace(/^.*[.(]|\)$/g, '').toLowerCase();
    return (
      text &&
      (!/[.?:!)`"”…]$/.test(text.trim()) || text.toLowerCase().replace(/[^a-z]/g, '') === own) &&
      !VALUES.has(name.split('.')[0]!)
    );
  });
  expect(bare).toEqual([]);
});
