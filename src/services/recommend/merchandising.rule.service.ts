// Merchandising rules: saved, deleted, listed, and those that are in force. They are read anew for every request: one read
// of at most 100 rows by the primary key, beside the encoding, which takes longer. What they do is the domain's and the store's.
import { v7 as uuid } from 'uuid';
import type { GarmentFilter } from '../../domain/catalog/garment.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { isUuid, problemOf, problemWithin } from '../../domain/shared/input.problem.js';
import {
  DEFAULT_STRENGTH,
  isInForce,
  problemsOfRule,
  type MerchandisingRule,
  type RuleInput,
} from '../../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { isVisible } from '../../domain/shared/text.js';
import { ERROR_CODES, FitroomError } from '../../errors.js';
import type { RuleRepository } from '../../store/rule.repository.js';
import type { FilterValidator } from './filter.validator.js';

export interface MerchandisingRuleServiceParts {
  rules: RuleRepository;
  filters: FilterValidator;
  /** The clock that rules start and end by; absent: this machine's. */
  now?: () => Date;
}

export interface RuleListing extends MerchandisingRule {
  /** Whether it is in force now. */
  active: boolean;
}

export class MerchandisingRuleService {
  private readonly now: () => Date;

  constructor(private readonly parts: MerchandisingRuleServiceParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /** In the order in which they were made. */
  async list(ctx: StoreContext): Promise<RuleListing[]> {
    return (await this.parts.rules.list(ctx)).map((rule) => this.listed(rule));
  }

  async inForce(ctx: StoreContext): Promise<MerchandisingRule[]> {
    const at = this.now();
    return (await this.parts.rules.list(ctx)).filter((rule) => isInForce(rule, at));
  }

  /** Saves a new one, or changes the one of that id. What is wrong with it is data. */
  async save(ctx: StoreContext, input: RuleInput): Promise<{ rule: RuleListing | null; userErrors: InputProblem[] }> {
    const rule = { ...tidied(input), id: input.id ?? uuid() };
    const problems = [...problemsOfRule(rule), ...(await this.parts.filters.problemsOf(ctx, rule.filter))];
    if (problems.length > 0) return { rule: null, userErrors: problems.map((one) => problemWithin('input', one)) };
    const filter = rule.filter && withoutStock(await this.parts.filters.check(ctx, rule.filter));
    const saved = await this.parts.rules.save(ctx, { ...rule, filter });
    if (saved) return { rule: this.listed(saved), userErrors: [] };
    return { rule: null, userErrors: [problemWithin('input', problemOf(new FitroomError('TOO_MANY_RULES')))] };
  }

  async delete(ctx: StoreContext, id: string): Promise<{ deleted: boolean; userErrors: InputProblem[] }> {
    const deleted = isUuid(id) && (await this.parts.rules.delete(ctx, id));
    const missing: InputProblem = { field: ['id'], code: 'RULE_NOT_FOUND', message: ERROR_CODES.RULE_NOT_FOUND };
    return { deleted, userErrors: deleted ? [] : [missing] };
  }

  private listed(rule: MerchandisingRule): RuleListing {
    return { ...rule, active: isInForce(rule, this.now()) };
  }
}

/** Trimmed, empty lists and filters as "not given", the strength that is meant where none is given. */
function tidied(input: RuleInput): RuleInput {
  const { action, strength, skus, filter, forTypes, forWords } = input;
  const texts = (values: string[]): string[] => [...new Set(values.map((value) => value.trim()).filter(isVisible))];
  const bends = action === 'BOOST' || action === 'BURY';
  return {
    ...input,
    name: input.name.trim(),
    skus: skus && skus.length > 0 ? texts(skus) : null,
    filter: filter && restricts(filter) ? filter : null,
    strength: bends ? (strength ?? DEFAULT_STRENGTH) : strength,
    forTypes: [...new Set(forTypes)],
    forWords: texts(forWords),
  };
}

/** A rule is about garments, whether they can be bought or not; which of them may come up is the request's to say. */
function withoutStock({ inStockOnly: _, ...filter }: GarmentFilter): GarmentFilter {
  return filter;
}

function restricts(filter: GarmentFilter): boolean {
  return Object.values(withoutStock(filter)).some(
    (value) => value != null && !(Array.isArray(value) && value.length === 0),
  );
}
