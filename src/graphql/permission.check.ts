// The check of a caller's permission before a field is resolved. Other fields are unknown to the schema of the role.
import type { GraphQLField } from 'graphql';
import type { AuthChecker } from 'type-graphql';
import { may, type Permission } from '../domain/permissions.js';
import { FitroomError } from '../errors.js';
import type { GraphQLContext } from './context.js';

/** What a field needs by itself; undefined where it needs no more than what led to it. */
export function permissionOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Permission | undefined {
  return extensions['permission'] as Permission | undefined;
}

/** Holds by itself, whatever schema an operation was validated against. */
export const checkPermission: AuthChecker<GraphQLContext, Permission> = ({ context }, permissions) => {
  if (permissions.every((permission) => may(context.caller.role, permission))) return true;
  throw new FitroomError('FORBIDDEN');
};
