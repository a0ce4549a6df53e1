// The schema compared with its snapshot in the repository. FITROOM_SNAPSHOT=write rewrites the snapshot.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';
import { PROJECT_ROOT } from '../../src/config.js';
import { buildFitroomSchema, schemaText } from '../../src/graphql/server/schema.js';

const SNAPSHOT = join(PROJECT_ROOT, 'schema', 'schema.graphql');

describe('the schema', () => {
  it('the schema equals schema/schema.graphql', async () => {
    const text = schemaText(buildFitroomSchema());
    if (process.env['FITROOM_SNAPSHOT'] === 'write') await writeFile(SNAPSHOT, text);
    expect(text).toBe(await readFile(SNAPSHOT, 'utf8'));
  });

  it('the schema describes every type, field and argument', () => {
    expect(undescribed(buildFitroomSchema())).toEqual([]);
  });
});

function undescribed(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const ownTypes = types.filter(
    (type) => !['String', 'Int', 'Float', 'Boolean', 'ID', 'Query', 'Mutation'].includes(type.name),
  );
  const missing = ownTypes.filter(({ description }) => !description).map(({ name }) => name);
  for (const type of types) {
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      for (const argument of 'args' in field ? field.args : []) {
        if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  return missing;
}
