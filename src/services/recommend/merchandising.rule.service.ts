// Merchandising rules: save, delete and list, and the rules in force.
// Every request reads them: at most 100 rows by the primary key, in parallel with the encoding, which takes longer.
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
  /** Clock for the start and end of rules. Absent: the clock of this machine. */
  now?: () => Date;
}

export interface RuleListing extends MerchandisingRule {
  /** True if the rule is in force now. */
  active: boolean;
}

export class MerchandisingRuleService {
  private readonly now: () => Date;

  constructor(private readonly parts: MerchandisingRuleServiceParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /** Returns all rules in the order of their creation. */
  async list(ctx: StoreContext): Promise<RuleListing[]> {
    return (await this.parts.rules.list(ctx)).map((rule) => this.toListing(rule));
  }

  /** Returns the rules that are in force now. */
  async inForce(ctx: StoreContext): Promise<MerchandisingRule[]> {
    const at = this.now();
    return (await this.parts.rules.list(ctx)).filter((rule) => isInForce(rule, at));
  }

  /** Saves a new rule, or changes the one with the id of the input. Problems of the input are in `userErrors`. */
  async save(ctx: StoreContext, input: RuleInput): Promise<{ rule: RuleListing | null; userErrors: InputProblem[] }> {
    const rule = { ...normalized(input), id: input.id ?? uuid() };
    const problems = [...problemsOfRule(rule), ...(await this.parts.filters.problemsOf(ctx, rule.filter))];
    if (problems.length > 0)
      return { rule: null, userErrors: problems.map((problem) => problemWithin('input', problem)) };
    const filter = rule.filter && withoutStock(await this.parts.filters.check(ctx, rule.filter));
    const saved = await this.parts.rules.save(ctx, { ...rule, filter });
    if (saved) return { rule: this.toListing(saved), userErrors: [] };
    return { rule: null, userErrors: [problemWithin('input', problemOf(new FitroomError('TOO_MANY_RULES')))] };
  }

  async delete(ctx: StoreContext, id: string): Promise<{ deleted: boolean; userErrors: InputProblem[] }> {
    const deleted = isUuid(id) && (await this.parts.rules.delete(ctx, id));
    const missing: InputProblem = { field: ['id'], code: 'RULE_NOT_FOUND', message: ERROR_CODES.RULE_NOT_FOUND };
    return { deleted, userErrors: deleted ? [] : [missing] };
  }

  private toListing(rule: MerchandisingRule): RuleListing {
    return { ...rule, active: isInForce(rule, this.now()) };
  }
}

/** Trims texts, replaces empty lists and filters by null, and adds the default strength. */
function normalized(input: RuleInput): RuleInput {
  const { action, strength, skus, filter, forTypes, forWords } = input;
  const texts = (values: string[]): string[] => [...new Set(values.map((value) => value.trim()).filter(isVisible))];
  const hasStrength = action === 'BOOST' || action === 'BURY';
  return {
    ...input,
    name: input.name.trim(),
    skus: skus && skus.length > 0 ? texts(skus) : null,
    filter: filter && restricts(filter) ? filter : null,
    strength: hasStrength ? (strength ?? DEFAULT_STRENGTH) : strength,
    forTypes: [...new Set(forTypes)],
    forWords: texts(forWords),
  };
}

/** Removes the stock from a filter: the request decides whether sold-out garments appear, not the rule. */
function withoutStock({ inStockOnly: _, ...filter }: GarmentFilter): GarmentFilter {
  return filter;
}

/** Returns true if a filter has a field besides the stock. */
function restricts(filter: GarmentFilter): boolean {
  return Object.values(withoutStock(filter)).some(
    (value) => value != null && !(Array.isArray(value) && value.length === 0),
  );
}
