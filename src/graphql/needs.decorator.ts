// How a field says which permission it needs: @Needs('catalog:write') beside @Query, @Mutation or @FieldResolver.
// Every field of Query, Mutation and Insights says it; a test holds that. Elsewhere a field needs what led to it.
import { Authorized, Extensions } from 'type-graphql';
import type { Permission } from '../domain/permissions.js';

/** Read by the schema of each role (extensions), and before the field is resolved. */
export function Needs(permission: Permission): PropertyDecorator {
  return (target, name) => {
    Extensions({ permission })(target, name);
    Authorized(permission)(target, name);
  };
}
