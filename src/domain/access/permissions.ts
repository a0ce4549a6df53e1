// Who hasPermission do what: the one table. Fields of the API name a permission where they are declared; nothing is open by omission.
import { CALLER_ROLES, type ApiKeyRole, type CallerRole } from './caller.js';

/** Each permission with the roles of a store that have it. The deployment's own key has every one. */
const ROLES = {
  /** Ask for recommendations, read garments, see the model. */
  'catalog:read': ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'],
  /** Tell what shoppers did, and have a shopper forgotten. */
  'feedback:record': ['STOREFRONT', 'MERCHANT', 'ADMIN'],
  /** See how the catalog is doing: its figures, and the work that goes on in it. */
  'catalog:inspect': ['MERCHANT', 'ANALYST', 'ADMIN'],
  /** Change what is in the catalog and how it is ranked. */
  'catalog:write': ['MERCHANT', 'ADMIN'],
  /** See what shoppers ask for and how good the answers are. */
  'insights:read': ['ANALYST', 'ADMIN'],
  /** Make, list and revoke keys of the store. */
  'keys:manage': ['ADMIN'],
  /** Make, list and delete stores. */
  'stores:manage': [],
} as const satisfies Record<string, readonly ApiKeyRole[]>;

export type Permission = keyof typeof ROLES;

export const PERMISSIONS = Object.keys(ROLES) as Permission[];

export function hasPermission(role: CallerRole, permission: Permission): boolean {
  return role === 'DEPLOYMENT' || (ROLES[permission] as readonly CallerRole[]).includes(role);
}

/** Whoever has a permission, in the order of the roles. */
export function rolesWith(permission: Permission): CallerRole[] {
  return CALLER_ROLES.filter((role) => hasPermission(role, permission));
}
