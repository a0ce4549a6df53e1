// Merchandising rules: listed, saved, deleted.
import { MAX_RULES, type MerchandisingRule } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { storableValue } from './database/storable.text.js';
import type { Database } from './database/database.types.js';

const COLUMNS = `id, name, action, skus, filter, strength, starts_at as "startsAt", ends_at as "endsAt",
  for_types as "forTypes", for_words as "forWords"`;

export class RuleRepository {
  constructor(private readonly database: Database) {}

  /** Returns all rules in order of creation, which is the order in which they pin. */
  list(ctx: StoreContext): Promise<MerchandisingRule[]> {
    return this.database
      .within(ctx)
      .query<MerchandisingRule>(
        `select ${COLUMNS} from merchandising_rules where store_id = $1 order by created_at, id`,
        [ctx.storeId],
      );
  }

  /**
   * Saves a rule and replaces the one with the same id. @returns the stored rule; null if the store has the maximum
   * number of rules
   */
  async save(ctx: StoreContext, rule: MerchandisingRule): Promise<MerchandisingRule | null> {
    const { id, name, action, skus, filter, strength, startsAt, endsAt, forTypes, forWords } = rule;
    const target = [skus, filter && JSON.stringify(filter)].map(storableValue);
    const [saved] = await this.database.within(ctx).query<MerchandisingRule>(
      `insert into merchandising_rules
         (store_id, id, name, action, skus, filter, strength, starts_at, ends_at, for_types, for_words)
       select $1::text, $2::uuid, $3::text, $4::text, $5::text[], $6::json, $7::float8, $8::timestamptz, $9::timestamptz,
         $10::text[], $11::text[]
       where exists (select from merchandising_rules where store_id = $1 and id = $2)
         or (select count(*) from merchandising_rules where store_id = $1) < ${MAX_RULES}
       on conflict (store_id, id) do update set
         name = excluded.name, action = excluded.action, skus = excluded.skus, filter = excluded.filter,
         strength = excluded.strength, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
         for_types = excluded.for_types, for_words = excluded.for_words, updated_at = now()
       returning ${COLUMNS}`,
      [
        ctx.storeId,
        id,
        storableValue(name),
        action,
        ...target,
        strength,
        startsAt,
        endsAt,
        forTypes,
        storableValue(forWords),
      ],
    );
    return saved ?? null;
  }

  /** Returns the ids of the rules saved after a time. */
  async savedSince(ctx: StoreContext, at: Date): Promise<Set<string>> {
    const rows = await this.database
      .within(ctx)
      .query<{ id: string }>('select id from merchandising_rules where store_id = $1 and updated_at > $2', [
        ctx.storeId,
        at,
      ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Deletes a rule. @returns true if it existed */
  async delete(ctx: StoreContext, id: string): Promise<boolean> {
    const deleted = await this.database
      .within(ctx)
      .query('delete from merchandising_rules where store_id = $1 and id = $2 returning id', [ctx.storeId, id]);
    return deleted.length > 0;
  }
}
