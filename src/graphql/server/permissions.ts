// Permissions of fields: the schema of each role, and the check before a field is resolved.
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { type AuthChecker, Authorized, Extensions } from 'type-graphql';
import { hasPermission, type Permission } from '../../domain/access/permissions.js';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from './context.js';
import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { CallerRole } from '../../domain/access/caller.js';

/** Returns the permission that a field itself needs, or undefined if it needs none besides that of its parent. */
export function permissionOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Permission | undefined {
  return extensions['permission'] as Permission | undefined;
}

/**
 * Returns true if the caller has the permissions. The check does not depend on the schema that the operation was
 * validated against.
 * @throws FitroomError FORBIDDEN
 */
export const checkPermission: AuthChecker<GraphQLContext, Permission> = ({ context }, permissions) => {
  if (permissions.every((permission) => hasPermission(context.caller.role, permission))) return true;
  throw new FitroomError('FORBIDDEN');
};

/**
 * Returns the schema with only the fields that the role may use. It leaves out empty root types and unreachable types.
 */
export function schemaOf(role: CallerRole, schema: GraphQLSchema): GraphQLSchema {
  const allowed = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field) {
      const permission = permissionOf({ extensions: field.extensions ?? {} });
      return permission === undefined || hasPermission(role, permission) ? field : null;
    },
  });
  return pruneSchema(allowed);
}

/**
 * Sets the permission that a field needs. The schema of each role uses it, and the check before the field is resolved.
 */
export function Needs(permission: Permission): PropertyDecorator {
  return (target, name) => {
    Extensions({ permission })(target, name);
    Authorized(permission)(target, name);
  };
}
