// Descriptions of the schema, as shown in the playground.
import { isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType, type GraphQLField } from 'graphql';
import { buildFitroomSchema } from '../../src/graphql/server/schema.js';

const schema = buildFitroomSchema();
const ROOTS = ['Query', 'Mutation'];
const VALUES = new Set(
  Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .map(({ name }) => name),
);
/** Descriptions of every type, field, argument, input field and enum value. */
const descriptions = new Map<string, string | null | undefined>(
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

it('every type, field, argument, input field and enum value has a description', () => {
  expect(descriptions.size).toBeGreaterThan(400);
  expect([...descriptions].filter(([, text]) => !text?.trim()).map(([name]) => name)).toEqual([]);
});

// enum values are exempt, because "Shorts." is a complete description of SHORTS
it('every description other than of enum values says more than the name, and ends with punctuation', () => {
  const insufficient = [...descriptions].filter(([name, text]) => {
    const ownName = name.replace(/^.*[.(]|\)$/g, '').toLowerCase();
    return (
      text &&
      (!/[.?:!)`"”…]$/.test(text.trim()) || text.toLowerCase().replace(/[^a-z]/g, '') === ownName) &&
      !VALUES.has(name.split('.')[0]!)
    );
  });
  expect(insufficient).toEqual([]);
});
