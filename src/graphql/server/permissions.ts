// The check of a caller's permission before a field is resolved. Other fields are unknown to the schema of the role.
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { type AuthChecker, Authorized, Extensions } from 'type-graphql';
import { hasPermission, type Permission } from '../../domain/access/permissions.js';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from './context.js';
import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { CallerRole } from '../../domain/access/caller.js';

/** What a field needs by itself; undefined where it needs no more than what led to it. */
export function permissionOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Permission | undefined {
  return extensions['permission'] as Permission | undefined;
}

/** Holds by itself, whatever schema an operation was validated against. */
export const checkPermission: AuthChecker<GraphQLContext, Permission> = ({ context }, permissions) => {
  if (permissions.every((permission) => hasPermission(context.caller.role, permission))) return true;
  throw new FitroomError('FORBIDDEN');
};

/** The same resolvers behind fewer fields; a root type without any, and every type that nothing leads to, is gone. */
export function schemaOf(role: CallerRole, schema: GraphQLSchema): GraphQLSchema {
  const open = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field) {
      const permission = permissionOf({ extensions: field.extensions ?? {} });
      return permission === undefined || hasPermission(role, permission) ? field : null;
    },
  });
  return pruneSchema(open);
}

/** Read by the schema of each role (extensions), and before the field is resolved. */
export function Needs(permission: Permission): PropertyDecorator {
  return (target, name) => {
    Extensions({ permission })(target, name);
    Authorized(permission)(target, name);
  };
}
