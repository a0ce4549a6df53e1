// Whether a caller may have what an operation asks for: ahead of validation, whose messages speak of a role's own schema
// only, and again before each field that needs a permission. Knows no field by name.
import {
  GraphQLError,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { AuthChecker } from 'type-graphql';
import type { CallerRole } from '../domain/caller.js';
import { may, type Permission } from '../domain/permissions.js';
import { FitroomError } from '../errors.js';
import type { GraphQLContext } from './context.js';

/** What a field needs by itself; undefined where it needs no more than what led to it. */
export function permissionOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Permission | undefined {
  return extensions['permission'] as Permission | undefined;
}

/**
 * The refusal of a document that asks for something that is not for this role, wherever in it: under an alias, in a
 * fragment, in an operation that is not the one to be run.
 * @param schema the whole one, of which the role may see a part
 * @returns null where all that the schema has of the document is open to the role
 */
export function forbidden(schema: GraphQLSchema, document: DocumentNode, role: CallerRole): GraphQLError | null {
  const types = new TypeInfo(schema);
  const closed: string[] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.FIELD]() {
        const field = types.getFieldDef();
        const permission = field && permissionOf(field);
        if (permission && !may(role, permission)) closed.push(`${types.getParentType()?.name}.${field.name}`);
      },
    }),
  );
  if (closed.length === 0) return null;
  const error = new FitroomError('FORBIDDEN', `A key of the role ${role} may not ask for ${closed[0]}.`);
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 403 } } });
}

/** Holds by itself, whatever schema an operation was validated against. */
export const checkPermission: AuthChecker<GraphQLContext, Permission> = ({ context }, permissions) => {
  if (permissions.every((permission) => may(context.caller.role, permission))) return true;
  throw new FitroomError('FORBIDDEN');
};
