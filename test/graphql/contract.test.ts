// The schema against the contract that storefronts build on, member by member.
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
  console.warn('skipped: the contract is not on this machine (contract.graphql beside FITROOM_DATA)');

withContract('the schema against the contract', () => {
  const ours = existsSync(CONTRACT) ? membersOf(buildFitroomSchema()) : new Map();
  const promised = existsSync(CONTRACT) ? membersOf(buildSchema(readFileSync(CONTRACT, 'utf8'))) : new Map();

  it('has everything promised', () => {
    expect([...promised.keys()].filter((name) => !ours.has(name))).toEqual([]);
  });

  it('agrees with it in kind, type, nullability and default wherever both have something', () => {
    const both = [...promised].filter(([name]) => ours.has(name));
    expect(both.length).toBeGreaterThan(150);
    expect(both.map(([name]) => [name, ours.get(name)])).toEqual(both);
  });

  it('has no argument or input field of its own that clients of the contract would have to give', () => {
    const demanded = [...ours].filter(([name, form]) => !promised.has(name) && isDemanded(name, form, promised));
    expect(demanded).toEqual([]);
  });
});

/** Every type, field, argument and enum value with its form: "Query.garments(first)" → "argument Int = 24". */
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

function isDemanded(name: string, form: string, promised: Map<string, string>): boolean {
  // a field of our own may demand arguments: nobody who keeps to the contract asks for it
  const owner = name.includes('(') ? name.replace(/\(.*$/, '') : name.split('.')[0]!;
  return promised.has(owner) && /^(argument|input) /.test(form) && form.endsWith('!');
}
