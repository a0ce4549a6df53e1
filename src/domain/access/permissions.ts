// Permissions and the roles that have them.
// Every API field names its permission; no field is open by default.
import { CALLER_ROLES, type ApiKeyRole, type CallerRole } from './caller.js';

/** Each permission with the store roles that have it. The deployment's own key has every permission. */
const ROLES = {
  /** Request recommendations, read garments and see the model. */
  'catalog:read': ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'],
  /** Record shopper events and delete a shopper's data. */
  'feedback:record': ['STOREFRONT', 'MERCHANT', 'ADMIN'],
  /** See the catalog's statistics and its running jobs. */
  'catalog:inspect': ['MERCHANT', 'ANALYST', 'ADMIN'],
  /** Change the catalog and its ranking. */
  'catalog:write': ['MERCHANT', 'ADMIN'],
  /** See the shoppers' requests and the quality of the recommendations. */
  'insights:read': ['ANALYST', 'ADMIN'],
  /** Create, list and revoke the store's API keys. */
  'keys:manage': ['ADMIN'],
  /** Create, list and delete stores. */
  'stores:manage': [],
} as const satisfies Record<string, readonly ApiKeyRole[]>;

export type Permission = keyof typeof ROLES;

export const PERMISSIONS = Object.keys(ROLES) as Permission[];

export function hasPermission(role: CallerRole, permission: Permission): boolean {
  return role === 'DEPLOYMENT' || (ROLES[permission] as readonly CallerRole[]).includes(role);
}

/** Returns the roles that have a permission, in the order of CALLER_ROLES. */
export function rolesWith(permission: Permission): CallerRole[] {
  return CALLER_ROLES.filter((role) => hasPermission(role, permission));
}
