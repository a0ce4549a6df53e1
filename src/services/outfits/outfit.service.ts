// OutfitPage: built on the matches of an answer or on one garment, around what is kept. Reads like its description:
// what is kept → what looks are built on → candidates, in one statement → looks → their catalog rows.
import type { Garment, Gender, Money } from '../../domain/catalog/garment.js';
import type { Language } from '../../domain/text/language.js';
import { rulesFor } from '../../domain/recommend/merchandising.rule.js';
import { isWithin, requireMoney } from '../../domain/catalog/money.js';
import { gendersWith } from '../../domain/outfit/gender.rule.js';
import { outfitOf, pairScorer, type Outfit } from '../../domain/outfit/outfit.js';
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
import type { OutfitScope, NamedOutfitItem, OutfitRepository, StyleBlock } from '../../store/outfit.repository.js';
import type { RecommendationLog } from '../recommend/recommendation.log.js';
import { headLabels } from '../recommend/query.understander.js';
import { lockedSkus, requireKept } from './locked.garments.js';
import { buildOutfitSeries, fixedItems, type OutfitSeriesOptions } from './outfit.series.js';
import type { MerchandisingRuleService } from '../recommend/merchandising.rule.service.js';

/** Candidates of a slot, for all audiences together and for one at least. With a budget prices count too, so all are looked at. */
const CANDIDATES = { most: 24, least: 10, withBudget: 120 } as const;
/** Matches beyond the looks asked for, in place of those that no look can be built on. */
const SPARE_MATCHES = 12;
/** So many of the best matches say for whom the looks are; of the others those for the same people are built on, too. */
const MOST_LEADS = 12;

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
  /** Keeps which looks were shown, for feedback and learning. */
  log?: Pick<RecommendationLog, 'looksShown'>;
}

export interface OutfitPage {
  outfits: Outfit[];
  /** Null: as many as asked for. */
  shortfall: Shortfall | null;
}

/** What the looks of one call are put together from. */
interface Plan extends OutfitScope, Omit<OutfitSeriesOptions, 'candidates'> {
  weights: PairWeights;
  language: Language;
}

export class OutfitService {
  /** OutfitPage of an answer by what was asked of them: the looks and why there are no more are two fields, and one work. */
  private readonly known = new WeakMap<Recommendation, Map<string, Promise<OutfitPage>>>();

  constructor(private readonly parts: OutfitServiceParts) {}

  /**
   * OutfitPage on the best matches of an answer, each on another; fewer than `first` where the catalog gives no more that are
   * whole, within the budget and without a piece of those before.
   * @throws FitroomError PAGE_SIZE_INVALID | PRICE_INVALID | CURRENCY_UNKNOWN | VALUE_TOO_LONG and those of `requireKept`
   */
  ofRecommendation(ctx: StoreContext, recommendation: Recommendation, wish: OutfitOptions): Promise<OutfitPage> {
    const ofAnswer = this.known.get(recommendation) ?? new Map<string, Promise<OutfitPage>>();
    this.known.set(recommendation, ofAnswer);
    const key = JSON.stringify([wish.first, wish.keepSkus ?? null, wish.budget ?? null]);
    const looks = ofAnswer.get(key) ?? this.onMatches(ctx, recommendation, wish);
    ofAnswer.set(key, looks);
    return looks;
  }

  private async onMatches(ctx: StoreContext, recommendation: Recommendation, wish: OutfitOptions): Promise<OutfitPage> {
    const first = requirePageSize(wish.first);
    const budget = wish.budget ? requireMoney(wish.budget, 'budget') : null;
    const among = this.amongOthers(recommendation);
    const keep = lockedSkus(wish.keepSkus);
    const ids = recommendation.ranked.slice(0, first + SPARE_MATCHES).map(({ garmentId }) => garmentId);
    const [learned, keptFound, matches] = await Promise.all([
      this.parts.weights.weights(ctx),
      keep.length > 0 ? this.parts.outfits.named(ctx, { skus: keep }, { block: this.block(), ...among }) : [],
      this.parts.outfits.named(ctx, { ids }, { block: this.block(), ...among }),
    ]);
    const judged = judgedBy(learned);
    const kept = requireKept(keep, keptFound, budget);
    const byId = new Map(matches.map((match) => [match.id, match]));
    const usable = leadsAmong(
      ids.flatMap((id) => byId.get(id) ?? []),
      { kept, ...judged },
    );
    const isAffordable = (lead: OutfitItem): boolean => !budget || isWithin(budget, [...kept, lead]);
    // of those that cost too much no look comes, but they say what a further one would cost
    const inTurn = [...usable.filter(isAffordable), ...usable.filter((lead) => !isAffordable(lead))];
    const leads = bestLeads(inTurn, kept, Math.min(first, MOST_LEADS));
    // where matches are fewer than looks, or all of the kind that is kept, further looks are around that
    const around = kept.length > 0 && ids.length > 0 ? [...leads, null] : leads;
    const plan = {
      ...among,
      first,
      kept,
      leads: around,
      budget,
      ...judged,
      language: recommendation.language,
    };
    const found = await this.looks(ctx, plan);
    const skus = found.outfits.map(({ pieces }) => pieces.map(({ garment }) => garment.sku));
    this.parts.log?.looksShown(ctx, recommendation.id, skus);
    return found;
  }

  /** OutfitPage around a garment of the catalog; none where it is sold out or belongs to no look. @throws FitroomError PAGE_SIZE_INVALID */
  async ofGarment(ctx: StoreContext, garment: Garment, count: number): Promise<Outfit[]> {
    const first = requirePageSize(count);
    // of a dry run, and new: it is not in the catalog, and has no id there
    if (!/^\d+$/.test(garment.id)) return [];
    const inForce = await this.parts.rules.inForce(ctx);
    const rules = rulesFor(inForce, { words: null, garmentType: garment.garmentType });
    const nothing = { filter: {}, hide: [], unwanted: [] };
    const among = { ...nothing, hide: rules.filter(({ action }) => action === 'HIDE') };
    const [learned, found] = await Promise.all([
      this.parts.weights.weights(ctx),
      this.parts.outfits.named(ctx, { ids: [garment.id] }, { block: this.block(), ...nothing }),
    ]);
    const judged = judgedBy(learned);
    const kept = leadsAmong(found, { kept: [], ...judged });
    // kept, so that it may stand in every look
    const leads = kept.length > 0 ? [null] : [];
    const plan = { ...among, first, kept, leads, budget: null, ...judged, language: 'EN' as const };
    const { outfits } = await this.looks(ctx, plan);
    return outfits;
  }

  /** Garments as pieces, by sku, whether or not they can be had now; those of no slot are left out. */
  async pieces(ctx: StoreContext, skus: readonly string[]): Promise<Map<string, OutfitItem>> {
    const among = { filter: {}, hide: [], unwanted: [] };
    const found = await this.parts.outfits.named(ctx, { skus }, { block: this.block(), ...among });
    return new Map(found.flatMap(({ slot, ...piece }) => (slot === null ? [] : [[piece.sku, { ...piece, slot }]])));
  }

  private async looks(ctx: StoreContext, plan: Plan): Promise<OutfitPage> {
    if (plan.leads.length === 0) return { outfits: [], shortfall: NO_MATCH };
    const candidates = await this.parts.outfits.candidates(ctx, this.block(), this.candidateWish(plan));
    const { looks, shortfall } = await buildOutfitSeries({ ...plan, candidates });
    const ids = [...new Set(looks.flatMap(({ pieces }) => pieces.map(({ id }) => id)))];
    const garments = new Map((await this.parts.garments.findByIds(ctx, ids)).map((garment) => [garment.id, garment]));
    return { outfits: looks.flatMap((look) => outfitOf(look, garments, plan) ?? []), shortfall };
  }

  private candidateWish({ kept, leads, budget, ...among }: Plan): Parameters<OutfitRepository['candidates']>[2] {
    const matches = leads.filter((lead) => lead !== null);
    const fixed = matches.length > 0 ? matches.map((lead) => fixedItems(kept, lead)) : [kept];
    const audiences = [...new Map(fixed.map(audienceOf).map((genders) => [genders.join(), genders])).values()];
    const { most, least, withBudget } = CANDIDATES;
    return {
      filter: among.filter,
      hide: among.hide,
      unwanted: among.unwanted,
      slots: OUTFIT_SLOTS.filter((slot) =>
        fixed.some((pieces) => !pieces.some((one) => shareBodyArea(one.slot, slot))),
      ),
      audiences,
      style: meanStyle(fixed.flat()),
      seed: fixed[0]![0]!.id,
      limit: budget ? withBudget : Math.max(least, Math.ceil(most / audiences.length)),
    };
  }

  /** What a request says of its match is not said of what goes with it; what it avoids it avoids in every piece. */
  private amongOthers({ scope: { filter, hide, avoid } }: Recommendation): OutfitScope {
    const { garmentTypes: _types, categories: _categories, colors: _colors, ...others } = filter;
    const labels = headLabels(this.parts.encoders.bundle);
    const unwanted = avoid.map((thing) => avoidedLabelsOf(thing, labels));
    return { filter: others, hide, unwanted };
  }

  private block(): StyleBlock {
    const { bundle } = this.parts.encoders;
    const { dimensions, blocks } = bundle.manifest;
    const start = blocks ? blocks.type + blocks.colour : 0;
    // a bundle that names no blocks is compared whole
    return { model: bundle.id, dimensions, start, length: blocks ? blocks.style : dimensions };
  }
}

/** @param learned null: what every store begins with */
function judgedBy(learned: PairWeights | null): Pick<Plan, 'weights' | 'scorer'> {
  const weights = learned ?? PAIR_WEIGHTS;
  return { weights, scorer: pairScorer(weights) };
}

/** The matches that a look can be built on beside what is kept. */
function leadsAmong(
  matches: readonly NamedOutfitItem[],
  { kept, scorer }: Pick<Plan, 'kept' | 'scorer'>,
): OutfitItem[] {
  return matches.flatMap(({ slot, ...match }): OutfitItem[] => {
    if (slot === null || !match.inStock || !match.hasPicture || match.isUnwanted) return [];
    const piece = { ...match, slot };
    // a match that is kept anyway is nothing to build on beside itself
    if (kept.some(({ id }) => id === piece.id)) return [];
    return kept.every((one) => scorer(one, piece) > 0) ? [piece] : [];
  });
}

/** The first of them, and behind those, in case that no look comes of one, others for the same people. */
function bestLeads(usable: readonly OutfitItem[], kept: readonly OutfitItem[], count: number): OutfitItem[] {
  const audience = (lead: OutfitItem): string => audienceOf([...kept, lead]).join();
  const first = usable.slice(0, count);
  const audiences = new Set(first.map(audience));
  return [...first, ...usable.slice(count).filter((lead) => audiences.has(audience(lead)))];
}

function audienceOf(pieces: readonly OutfitItem[]): Gender[] {
  return gendersWith(pieces.map(({ gender }) => gender));
}

/** Unit length, or all 0 where no style is known. */
function meanStyle(pieces: readonly OutfitItem[]): Float32Array {
  const sum = Float32Array.from(pieces[0]!.style, (_, i) => pieces.reduce((total, { style }) => total + style[i]!, 0));
  const norm = Math.hypot(...sum);
  return norm > 0 ? sum.map((value) => value / norm) : sum;
}
