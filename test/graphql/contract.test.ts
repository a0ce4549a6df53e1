// The schema compared with the storefront contract, member by member.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { readConfig } from '../../src/config.js';
import { buildFitroomSchema } from '../../src/graphql/server/schema.js';

const CONTRACT = join(readConfig().trainingDataDir, '..', 'contract.graphql');

const withContract = existsSync(CONTRACT) ? describe : describe.skip;
if (!existsSync(CONTRACT))
  console.warn('skipped: this machine has no contract (contract.graphql next to FITROOM_DATA)');

withContract('the schema and the contract', () => {
  const ours = existsSync(CONTRACT) ? membersOf(buildFitroomSchema()) : new Map();
  const contracted = existsSync(CONTRACT) ? membersOf(buildSchema(readFileSync(CONTRACT, 'utf8'))) : new Map();

  it('the schema has every member of the contract', () => {
    expect([...contracted.keys()].filter((name) => !ours.has(name))).toEqual([]);
  });

  it('common members agree in kind, type, nullability and default', () => {
    const both = [...contracted].filter(([name]) => ours.has(name));
    expect(both.length).toBeGreaterThan(150);
    expect(both.map(([name]) => [name, ours.get(name)])).toEqual(both);
  });

  it('no argument or input field outside the contract is required', () => {
    const required = [...ours].filter(([name, form]) => !contracted.has(name) && isRequired(name, form, contracted));
    expect(required).toEqual([]);
  });
});

/**
 * Returns every type, field, argument and enum value with its form, for example "Query.garments(first)" → "argument Int
 * = 24".
 */
function membersOf(schema: GraphQLSchema): Map<string, string> {
  const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return new Map(own.flatMap((type) => [[type.name, kindOf(type)] as [string, string], ...membersOfType(type)]));
}

function membersOfType(type: GraphQLNamedType): [string, string][] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => [`${type.name}.${name}`, 'value']);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, inputForm('input', field)]);
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, `field ${String(field.type)}`],
    ...field.args.map((argument): [string, string] => [
      `${type.name}.${field.name}(${argument.name})`,
      inputForm('argument', argument),
    ]),
  ]);
}

function inputForm(kind: 'input' | 'argument', { type, defaultValue }: GraphQLInputField | GraphQLArgument): string {
  return `${kind} ${String(type)}${defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`}`;
}

function kindOf(type: GraphQLNamedType): string {
  return isEnumType(type) ? 'enum' : isInputObjectType(type) ? 'input' : isObjectType(type) ? 'type' : 'scalar';
}

function isRequired(name: string, form: string, contracted: Map<string, string>): boolean {
  // fields outside the contract may have required arguments, because clients of the contract do not select them
  const owner = name.includes('(') ? name.replace(/\(.*$/, '') : name.split('.')[0]!;
  return contracted.has(owner) && /^(argument|input) /.test(form) && form.endsWith('!');
}
