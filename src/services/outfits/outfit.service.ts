// Outfits of a recommendation or a garment: load items → choose seeds → find candidates → build.
import type { Garment, Gender, Money } from '../../domain/catalog/garment.js';
import type { Language } from '../../domain/text/language.js';
import { rulesFor } from '../../domain/recommend/merchandising.rule.js';
import { isWithin, requireMoney } from '../../domain/catalog/money.js';
import { gendersWith } from '../../domain/outfit/gender.rule.js';
import {
  outfitOf,
  pairScorer,
  type Outfit,
  type OutfitCombination,
  type PairScorer,
} from '../../domain/outfit/outfit.js';
import { PAIR_WEIGHTS, type PairWeights } from '../../domain/outfit/pair.score.js';
import { type OutfitItem, shareBodyArea, OUTFIT_SLOTS } from '../../domain/outfit/slot.js';
import { NO_MATCH, type Shortfall } from '../../domain/outfit/shortfall.js';
import { avoidedLabelsOf } from '../../domain/outfit/avoided.labels.js';
import { requirePageSize } from '../../domain/shared/page.js';
import type { Recommendation } from '../../domain/recommend/recommendation.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Encoders } from '../../inference/encoders.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { OutfitWeightsRepository } from '../../store/outfit.weights.repository.js';
import type {
  NamedOutfitItem,
  OutfitCandidateQuery,
  OutfitRepository,
  OutfitScope,
  StyleBlock,
} from '../../store/outfit.repository.js';
import type { RecommendationLog } from '../recommend/recommendation.log.js';
import { headLabels } from '../recommend/query.understander.js';
import { lockedSkus, requireLocked } from './locked.garments.js';
import { buildOutfitSeries, fixedItems, type SeedItem } from './outfit.series.js';
import type { MerchandisingRuleService } from '../recommend/merchandising.rule.service.js';

/**
 * Candidates of a slot: `most` for all audiences together, at least `least` for each audience. A budget needs more
 * candidates, because cheap ones have to be among them.
 */
const CANDIDATES = { most: 24, least: 10, withBudget: 120 } as const;
/** Matches beyond the requested number of outfits. They replace matches that no outfit can be built on. */
const SPARE_MATCHES = 12;
/** Number of best matches whose audiences count. A later match is a seed only for the same audiences. */
const AUDIENCE_MATCHES = 12;

const UNRESTRICTED: OutfitScope = { filter: {}, hide: [], unwanted: [] };

export interface OutfitOptions {
  first: number;
  keepSkus?: readonly string[] | null;
  budget?: Money | null;
}

export interface OutfitServiceParts {
  encoders: Pick<Encoders, 'bundle'>;
  outfits: OutfitRepository;
  garments: Pick<GarmentRepository, 'findByIds'>;
  rules: Pick<MerchandisingRuleService, 'inForce'>;
  weights: Pick<OutfitWeightsRepository, 'weights'>;
  /** Records the shown outfits, for feedback and learning. Absent: nothing is recorded. */
  log?: Pick<RecommendationLog, 'recordOutfits'>;
}

export interface OutfitPage {
  outfits: Outfit[];
  /** Null if the requested number of outfits was found. */
  shortfall: Shortfall | null;
}

/** Validated options of a call. */
interface OutfitRequirements {
  first: number;
  lockedSkus: string[];
  budget: Money | null;
}

/** The weights of a store, and a scorer that uses them. */
interface PairScoring {
  weights: PairWeights;
  scorer: PairScorer;
}

/** Everything that outfits are built from. */
interface OutfitPlan {
  first: number;
  /** Garments that may be candidates. */
  scope: OutfitScope;
  locked: readonly OutfitItem[];
  seeds: readonly SeedItem[];
  budget: Money | null;
  scoring: PairScoring;
  language: Language;
}

export class OutfitService {
  /** Pages by recommendation and options: the outfits and the shortfall are two fields that share one computation. */
  private readonly pages = new WeakMap<Recommendation, Map<string, Promise<OutfitPage>>>();

  constructor(private readonly parts: OutfitServiceParts) {}

  /**
   * Returns outfits on the best matches of a recommendation, each on another match. There are fewer than `first` if the
   * catalog has no further complete outfit that is within the budget and repeats no item.
   * @throws FitroomError PAGE_SIZE_INVALID | PRICE_INVALID | CURRENCY_UNKNOWN | VALUE_TOO_LONG, and the errors of
   *   `requireLocked`
   */
  ofRecommendation(ctx: StoreContext, recommendation: Recommendation, options: OutfitOptions): Promise<OutfitPage> {
    const pages = this.pages.get(recommendation) ?? new Map<string, Promise<OutfitPage>>();
    this.pages.set(recommendation, pages);
    const key = JSON.stringify([options.first, options.keepSkus ?? null, options.budget ?? null]);
    const page = pages.get(key) ?? this.buildForRecommendation(ctx, recommendation, options);
    pages.set(key, page);
    return page;
  }

  /**
   * Returns outfits around a garment of the catalog. The list is empty if the garment is sold out or fills no slot.
   * @throws FitroomError PAGE_SIZE_INVALID
   */
  async ofGarment(ctx: StoreContext, garment: Garment, count: number): Promise<Outfit[]> {
    const first = requirePageSize(count);
    // a new garment of a dry run has no row in the catalog
    if (!/^\d+$/.test(garment.id)) return [];
    const rules = rulesFor(await this.parts.rules.inForce(ctx), { words: null, garmentType: garment.garmentType });
    const [scoring, items] = await Promise.all([
      this.loadScoring(ctx),
      this.findItems(ctx, { ids: [garment.id] }, UNRESTRICTED),
    ]);
    // a locked item may be in every outfit, a seed item in one
    const locked = usableMatches(items, [], scoring.scorer);
    const seeds = locked.length > 0 ? [null] : [];
    const scope = { ...UNRESTRICTED, hide: rules.filter(({ action }) => action === 'HIDE') };
    const page = await this.build(ctx, { first, scope, locked, seeds, budget: null, scoring, language: 'EN' });
    return page.outfits;
  }

  /** Returns garments as outfit items, by sku, including sold-out ones. Garments without a slot are absent. */
  async itemsBySku(ctx: StoreContext, skus: readonly string[]): Promise<Map<string, OutfitItem>> {
    const items = await this.findItems(ctx, { skus }, UNRESTRICTED);
    return new Map(items.flatMap(({ slot, ...item }) => (slot === null ? [] : [[item.sku, { ...item, slot }]])));
  }

  private async buildForRecommendation(
    ctx: StoreContext,
    recommendation: Recommendation,
    options: OutfitOptions,
  ): Promise<OutfitPage> {
    const required = parseOptions(options);
    const scope = this.scopeOf(recommendation);
    const matchIds = recommendation.ranked.slice(0, required.first + SPARE_MATCHES).map(({ garmentId }) => garmentId);
    const [scoring, lockedItems, matches] = await Promise.all([
      this.loadScoring(ctx),
      required.lockedSkus.length > 0 ? this.findItems(ctx, { skus: required.lockedSkus }, scope) : [],
      this.findMatches(ctx, matchIds, scope),
    ]);
    const locked = requireLocked(required.lockedSkus, lockedItems, required.budget);
    const matchSeeds = chooseSeeds(usableMatches(matches, locked, scoring.scorer), locked, required);
    // if the matches do not suffice, further outfits start from the locked items alone
    const seeds = locked.length > 0 && matchIds.length > 0 ? [...matchSeeds, null] : matchSeeds;
    const { first, budget } = required;
    const plan: OutfitPlan = { first, scope, locked, seeds, budget, scoring, language: recommendation.language };
    const page = await this.build(ctx, plan);
    const skus = page.outfits.map(({ pieces }) => pieces.map(({ garment }) => garment.sku));
    this.parts.log?.recordOutfits(ctx, recommendation.id, skus);
    return page;
  }

  private async build(ctx: StoreContext, plan: OutfitPlan): Promise<OutfitPage> {
    const { first, locked, seeds, budget, scoring } = plan;
    if (seeds.length === 0) return { outfits: [], shortfall: NO_MATCH };
    const candidates = await this.parts.outfits.candidates(ctx, this.styleBlock(), candidateQuery(plan));
    const series = await buildOutfitSeries({ first, locked, seeds, budget, scorer: scoring.scorer, candidates });
    return { outfits: await this.withCatalogRows(ctx, series.outfits, plan), shortfall: series.shortfall };
  }

  private async withCatalogRows(
    ctx: StoreContext,
    combinations: readonly OutfitCombination[],
    { scoring: { weights }, language }: OutfitPlan,
  ): Promise<Outfit[]> {
    const ids = [...new Set(combinations.flatMap(({ pieces }) => pieces.map(({ id }) => id)))];
    const garments = new Map((await this.parts.garments.findByIds(ctx, ids)).map((garment) => [garment.id, garment]));
    return combinations.flatMap((combination) => outfitOf(combination, garments, { weights, language }) ?? []);
  }

  private async loadScoring(ctx: StoreContext): Promise<PairScoring> {
    const weights = (await this.parts.weights.weights(ctx)) ?? PAIR_WEIGHTS;
    return { weights, scorer: pairScorer(weights) };
  }

  /** Returns the matches in the order of their ids. */
  private async findMatches(ctx: StoreContext, ids: readonly string[], scope: OutfitScope): Promise<NamedOutfitItem[]> {
    const items = await this.findItems(ctx, { ids }, scope);
    const byId = new Map(items.map((item) => [item.id, item]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  private findItems(
    ctx: StoreContext,
    wanted: Parameters<OutfitRepository['named']>[1],
    scope: OutfitScope,
  ): Promise<NamedOutfitItem[]> {
    return this.parts.outfits.named(ctx, wanted, { ...scope, block: this.styleBlock() });
  }

  /**
   * Returns the scope of the items that complete an outfit. The types, categories and colors of a filter describe the
   * match only, so they are left out. Avoided terms apply to every item.
   */
  private scopeOf({ scope: { filter, hide, avoid } }: Recommendation): OutfitScope {
    const { garmentTypes: _types, categories: _categories, colors: _colors, ...sharedFilter } = filter;
    const labels = headLabels(this.parts.encoders.bundle);
    return { filter: sharedFilter, hide, unwanted: avoid.map((term) => avoidedLabelsOf(term, labels)) };
  }

  private styleBlock(): StyleBlock {
    const { bundle } = this.parts.encoders;
    const { dimensions, blocks } = bundle.manifest;
    const start = blocks ? blocks.type + blocks.colour : 0;
    // without named blocks the whole embedding is compared
    return { model: bundle.id, dimensions, start, length: blocks ? blocks.style : dimensions };
  }
}

function parseOptions({ first, keepSkus, budget }: OutfitOptions): OutfitRequirements {
  return {
    first: requirePageSize(first),
    budget: budget ? requireMoney(budget, 'budget') : null,
    lockedSkus: lockedSkus(keepSkus),
  };
}

/** Returns the matches that an outfit can be built on together with the locked items. */
function usableMatches(
  matches: readonly NamedOutfitItem[],
  locked: readonly OutfitItem[],
  scorer: PairScorer,
): OutfitItem[] {
  return matches.flatMap(({ slot, ...match }): OutfitItem[] => {
    if (slot === null || !match.inStock || !match.hasPicture || match.isUnwanted) return [];
    const item = { ...match, slot };
    // a locked match is in every outfit already
    if (locked.some(({ id }) => id === item.id)) return [];
    return locked.every((lockedItem) => scorer(lockedItem, item) > 0) ? [item] : [];
  });
}

function chooseSeeds(
  matches: readonly OutfitItem[],
  locked: readonly OutfitItem[],
  { first, budget }: OutfitRequirements,
): OutfitItem[] {
  const isAffordable = (match: OutfitItem): boolean => !budget || isWithin(budget, [...locked, match]);
  // too expensive matches give no outfit, but the shortfall reports the cheapest outfit with one of them
  const ordered = [...matches.filter(isAffordable), ...matches.filter((match) => !isAffordable(match))];
  return seedsForBestAudiences(ordered, locked, Math.min(first, AUDIENCE_MATCHES));
}

/** Returns the first `count` matches, then the others for the same audiences as a reserve. */
function seedsForBestAudiences(
  matches: readonly OutfitItem[],
  locked: readonly OutfitItem[],
  count: number,
): OutfitItem[] {
  const audience = (match: OutfitItem): string => audienceOf([...locked, match]).join();
  const best = matches.slice(0, count);
  const audiences = new Set(best.map(audience));
  return [...best, ...matches.slice(count).filter((match) => audiences.has(audience(match)))];
}

function candidateQuery({ scope, locked, seeds, budget }: OutfitPlan): OutfitCandidateQuery {
  const matches = seeds.filter((seed) => seed !== null);
  const fixedSets = matches.length > 0 ? matches.map((match) => fixedItems(locked, match)) : [locked];
  const isOpen = (slot: OutfitItem['slot']): boolean =>
    fixedSets.some((items) => !items.some((item) => shareBodyArea(item.slot, slot)));
  const audiences = [...new Map(fixedSets.map(audienceOf).map((genders) => [genders.join(), genders])).values()];
  const { most, least, withBudget } = CANDIDATES;
  return {
    filter: scope.filter,
    hide: scope.hide,
    unwanted: scope.unwanted,
    slots: OUTFIT_SLOTS.filter(isOpen),
    audiences,
    style: meanStyle(fixedSets.flat()),
    seed: fixedSets[0]![0]!.id,
    limit: budget ? withBudget : Math.max(least, Math.ceil(most / audiences.length)),
  };
}

function audienceOf(items: readonly OutfitItem[]): Gender[] {
  return gendersWith(items.map(({ gender }) => gender));
}

/** Returns a vector of unit length, or all zeros if no style is known. */
function meanStyle(items: readonly OutfitItem[]): Float32Array {
  const sum = Float32Array.from(items[0]!.style, (_, i) => items.reduce((total, { style }) => total + style[i]!, 0));
  const norm = Math.hypot(...sum);
  return norm > 0 ? sum.map((value) => value / norm) : sum;
}
