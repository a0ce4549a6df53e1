// What of the schema a role sees: the fields that it may ask for, and the types that these lead to.
import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { CallerRole } from '../domain/caller.js';
import { may } from '../domain/permissions.js';
import { permissionOf } from './permission.check.js';

/** The same resolvers behind fewer fields; a root type without any, and every type that nothing leads to, is gone. */
export function schemaOf(role: CallerRole, schema: GraphQLSchema): GraphQLSchema {
  const open = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field) {
      const permission = permissionOf({ extensions: field.extensions ?? {} });
      return permission === undefined || may(role, permission) ? field : null;
    },
  });
  return pruneSchema(open);
}
