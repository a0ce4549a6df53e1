// Looks: built on the matches of an answer or on one garment, around what is kept. Reads like its description:
// what is kept → what looks are built on → candidates, in one statement → looks → their catalog rows.
import { setImmediate } from 'node:timers/promises';
import type { Garment, GarmentFilter, Gender, Money } from '../domain/garment.js';
import { rulesFor } from '../domain/merchandising.rule.js';
import { isWithin, requireAmount, requireCurrency } from '../domain/money.js';
import { gendersWith } from '../domain/outfit/gender.rule.js';
import { buildLook } from '../domain/outfit/look.builder.js';
import { outfitOf, pairScorer, type Look, type Outfit, type PairScorer } from '../domain/outfit/outfit.js';
import type { Piece } from '../domain/outfit/piece.js';
import { areInOnePlace, OUTFIT_SLOTS } from '../domain/outfit/slot.js';
import { requirePageSize } from '../domain/page.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Encoders } from '../inference/encoders.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import type { Among, NamedPiece, OutfitRepository, StyleBlock } from '../store/outfit.repository.js';
import { keptSkus, requireKept } from './kept.garments.js';
import type { RuleService } from './rule.service.js';

/** Candidates of a slot, for one audience. */
const CANDIDATES = 24;
/** Matches beyond the looks asked for, in place of those that no look can be built on. */
const SPARE_MATCHES = 12;
/** Looks are built on so many matches at most, and in turn on each of them where more are asked for. */
const MOST_LEADS = 12;

export interface OutfitWish {
  first: number;
  keepSkus?: readonly string[] | null;
  budget?: Money | null;
}

export interface OutfitServiceParts {
  encoders: Pick<Encoders, 'bundle'>;
  outfits: OutfitRepository;
  garments: Pick<GarmentRepository, 'findByIds'>;
  rules: Pick<RuleService, 'inForce'>;
}

/** What the looks of one call are put together from. */
interface Plan extends Among {
  first: number;
  kept: readonly Piece[];
  /** What looks are built on in turn, best first; null: on what is kept alone. */
  leads: readonly (Piece | null)[];
  budget: Money | null;
  scorer: PairScorer;
}

export class OutfitService {
  constructor(private readonly parts: OutfitServiceParts) {}

  /**
   * Looks on the best matches of an answer, each on another as long as there are any; fewer than `first` where the catalog
   * gives no more that are whole, within the budget and different.
   * @throws FitroomError PAGE_SIZE_INVALID | PRICE_INVALID | CURRENCY_UNKNOWN | VALUE_TOO_LONG and those of `requireKept`
   */
  async ofRecommendation(ctx: StoreContext, recommendation: Recommendation, wish: OutfitWish): Promise<Outfit[]> {
    const first = requirePageSize(wish.first);
    const budget = wish.budget ? checkedBudget(wish.budget) : null;
    const among = { ...recommendation.among, filter: filterOfOtherSlots(recommendation.among.filter) };
    const skus = keptSkus(wish.keepSkus);
    const ids = recommendation.ranked.slice(0, first + SPARE_MATCHES).map(({ garmentId }) => garmentId);
    const [keptFound, matches] = await Promise.all([
      skus.length > 0 ? this.parts.outfits.named(ctx, { skus }, { block: this.block(), ...among }) : [],
      this.parts.outfits.named(ctx, { ids }, { block: this.block(), ...among }),
    ]);
    const scorer = pairScorer();
    const kept = requireKept(skus, keptFound, { budget, scorer });
    const byId = new Map(matches.map((match) => [match.id, match]));
    const usable = leadsAmong(
      ids.flatMap((id) => byId.get(id) ?? []),
      { kept, budget, scorer },
    );
    const leads = bestLeads(usable, kept, Math.min(first, MOST_LEADS));
    // all matches are of the kind that is kept: the looks are around that
    const around = leads.length === 0 && kept.length > 0 && ids.length > 0 ? [null] : leads;
    return this.looks(ctx, { ...among, first, kept, leads: around, budget, scorer });
  }

  /** Looks around a garment of the catalog; none where it is sold out or belongs to no look. @throws FitroomError PAGE_SIZE_INVALID */
  async ofGarment(ctx: StoreContext, garment: Garment, count: number): Promise<Outfit[]> {
    const first = requirePageSize(count);
    // of a dry run, and new: it is not in the catalog, and has no id there
    if (!/^\d+$/.test(garment.id)) return [];
    const inForce = await this.parts.rules.inForce(ctx);
    const rules = rulesFor(inForce, { words: null, garmentType: garment.garmentType });
    const among = { filter: {}, hide: rules.filter(({ action }) => action === 'HIDE') };
    const found = await this.parts.outfits.named(
      ctx,
      { ids: [garment.id] },
      { block: this.block(), filter: {}, hide: [] },
    );
    const scorer = pairScorer();
    const leads = leadsAmong(found, { kept: [], budget: null, scorer });
    return this.looks(ctx, { ...among, first, kept: [], leads, budget: null, scorer });
  }

  private async looks(ctx: StoreContext, plan: Plan): Promise<Outfit[]> {
    if (plan.leads.length === 0) return [];
    const built = await this.built(ctx, plan);
    const ids = [...new Set(built.flatMap(({ pieces }) => pieces.map(({ id }) => id)))];
    const garments = new Map((await this.parts.garments.findByIds(ctx, ids)).map((garment) => [garment.id, garment]));
    return built.flatMap((look) => outfitOf(look, garments, plan.scorer) ?? []);
  }

  private async built(ctx: StoreContext, plan: Plan): Promise<Look[]> {
    const { first, kept, budget, scorer } = plan;
    const candidates = await this.parts.outfits.candidates(ctx, this.block(), this.candidateWish(plan));
    const queue = [...plan.leads];
    const looks: Look[] = [];
    while (looks.length < first && queue.length > 0) {
      const lead = queue.shift()!;
      const fixed = lead === null ? kept : [...kept, lead];
      const look = buildLook({ fixed, candidates, budget, earlier: looks, scorer });
      if (look === null) continue;
      looks.push(look);
      // behind the others: its turn comes again where there are fewer matches than looks
      queue.push(lead);
      // a look takes some ms of this thread, and others wait
      await setImmediate();
    }
    return looks;
  }

  private candidateWish({ kept, leads, ...among }: Plan): Parameters<OutfitRepository['candidates']>[2] {
    const fixed = leads.map((lead) => (lead === null ? kept : [...kept, lead]));
    const audiences = fixed.map(audienceOf);
    return {
      filter: among.filter,
      hide: among.hide,
      slots: OUTFIT_SLOTS.filter((slot) =>
        fixed.some((pieces) => !pieces.some((one) => areInOnePlace(one.slot, slot))),
      ),
      audiences: [...new Map(audiences.map((genders) => [genders.join(), genders])).values()],
      style: meanStyle(fixed.flat()),
      seed: fixed[0]![0]!.id,
      limit: CANDIDATES,
    };
  }

  private block(): StyleBlock {
    const { bundle } = this.parts.encoders;
    const { dimensions, blocks } = bundle.manifest;
    const start = blocks ? blocks.type + blocks.colour : 0;
    // a bundle that names no blocks is compared whole
    return { model: bundle.id, dimensions, start, length: blocks ? blocks.style : dimensions };
  }
}

/** The matches that a look can be built on beside what is kept. */
function leadsAmong(
  matches: readonly NamedPiece[],
  { kept, budget, scorer }: Pick<Plan, 'kept' | 'budget' | 'scorer'>,
): Piece[] {
  return matches.flatMap(({ slot, ...match }): Piece[] => {
    if (slot === null || !match.inStock || !match.hasPicture) return [];
    const piece = { ...match, slot };
    // a match that is kept anyway is nothing to build on beside itself
    if (kept.some(({ id }) => id === piece.id)) return [];
    if (budget && !isWithin(budget, [...kept, piece])) return [];
    return kept.every((one) => scorer(one, piece).score > 0) ? [piece] : [];
  });
}

/** The first of them, and behind those, in case that no look comes of one, others for the same people. */
function bestLeads(usable: readonly Piece[], kept: readonly Piece[], count: number): Piece[] {
  const audience = (lead: Piece): string => audienceOf([...kept, lead]).join();
  const first = usable.slice(0, count);
  const audiences = new Set(first.map(audience));
  return [...first, ...usable.slice(count).filter((lead) => audiences.has(audience(lead)))];
}

function audienceOf(pieces: readonly Piece[]): Gender[] {
  return gendersWith(pieces.map(({ gender }) => gender));
}

/** What a request says of its match is not said of what goes with it. */
function filterOfOtherSlots(filter: GarmentFilter): GarmentFilter {
  const { garmentTypes: _types, categories: _categories, colors: _colors, ...others } = filter;
  return others;
}

function checkedBudget({ amount, currency }: Money): Money {
  return {
    amount: requireAmount(amount, 'budget', 'amount'),
    currency: requireCurrency(currency, 'budget', 'currency'),
  };
}

/** Unit length, or all 0 where no style is known. */
function meanStyle(pieces: readonly Piece[]): Float32Array {
  const sum = Float32Array.from(pieces[0]!.style, (_, i) => pieces.reduce((total, { style }) => total + style[i]!, 0));
  const norm = Math.hypot(...sum);
  return norm > 0 ? sum.map((value) => value / norm) : sum;
}
