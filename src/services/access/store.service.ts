// Stores of a deployment: create, delete, list.
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { nameProblems, problemAt } from '../../domain/shared/input.problem.js';
import { STORE_ID, type Store, DEFAULT_STORE_ID } from '../../domain/access/store.context.js';
import type { StoreRepository } from '../../store/store.repository.js';

export class StoreService {
  constructor(private readonly stores: StoreRepository) {}

  /**
   * Creates a store.
   * @param id lower-case letters, digits and hyphens, at most 63
   * @param name label of 1 to 200 characters
   */
  async create(id: string, name: string): Promise<{ store: Store | null; userErrors: InputProblem[] }> {
    const idProblems = STORE_ID.test(id) ? [] : [problemAt('id', 'STORE_ID_INVALID')];
    const userErrors = [...idProblems, ...nameProblems(name)];
    if (userErrors.length > 0) return { store: null, userErrors };
    const store = await this.stores.insert(id, name);
    return { store, userErrors: store ? [] : [problemAt('id', 'STORE_EXISTS')] };
  }

  /** Deletes a store and all its data permanently. Every process refuses its keys within seconds. */
  async delete(id: string): Promise<{ deleted: boolean; userErrors: InputProblem[] }> {
    const refused = (code: 'STORE_IS_DEFAULT' | 'STORE_UNKNOWN') => ({
      deleted: false,
      userErrors: [problemAt('id', code)],
    });
    if (id === DEFAULT_STORE_ID) return refused('STORE_IS_DEFAULT');
    const deleted = STORE_ID.test(id) && (await this.stores.delete({ storeId: id }));
    return deleted ? { deleted, userErrors: [] } : refused('STORE_UNKNOWN');
  }

  /** Returns the stores in the order of their ids. */
  async list(): Promise<Store[]> {
    return this.stores.list();
  }
}
