// The garments on the page: a recommendation, or the catalog if there is no request.
// A new request aborts the previous one. The old results stay, dimmed, until the new ones arrive.
import { signal } from '@preact/signals';
import type { ApiError } from '../../../../client/api.error.js';
import {
  BrowseDocument,
  FindDocument,
  OneOfEachDocument,
  type FindQuery,
  type GarmentCardFragment,
  type RecommendationStatus,
} from '../../../../client/operations.js';
import { texts } from '../words/language.js';
import { announce } from './announcement.js';
import { api } from '../../shared/api.js';
import { failureOf, wasAborted } from '../../shared/failure.js';
import { failureText } from './failure.js';
import { fittingRoom, budget } from './fitting.room.js';
import { outfits, refreshOutfits } from './outfits.js';
import { chosenCount, dismissed, filterOf, hasRequest, requestKey, requestOf } from './request.js';
import { sendFeedback, rememberShown } from './shopper.js';

export interface Shown {
  garment: GarmentCardFragment;
  reasons: string[];
}

type QueryUnderstanding = FindQuery['recommendOutfit']['query'];

export interface Results {
  /** The value of `requestKey` for these results. */
  requestKey: string;
  /** Null for the catalog. */
  status: RecommendationStatus | null;
  /** Null for the catalog. */
  understanding: QueryUnderstanding | null;
  shown: Shown[];
  /** The number of garments in the catalog that pass the filter. Null for a recommendation. */
  total: number | null;
  /** The cursor of the next page. Null after the last page. */
  next: string | null;
}

const FIRST_PAGE = 8;
export const NEXT_PAGE = 12;
const LOOKS = 3;

export const results = signal<Results | null>(null);
export const isBusy = signal(true);
/** True while the next page is loading. */
export const isLoadingMore = signal(false);
export const failure = signal<ApiError | null>(null);

let running: AbortController | null = null;

/** Sends the request again after a change. */
export async function refresh(): Promise<void> {
  running?.abort();
  const { signal: aborted } = (running = new AbortController());
  isBusy.value = true;
  if (hasRequest.value) announce(texts.value.searching);
  try {
    const key = requestKey.value;
    const loaded = { requestKey: key, ...(hasRequest.value ? await recommend(aborted) : await browse(aborted)) };
    results.value = loaded;
    failure.value = null;
    announce(texts.value.announced(loaded.shown.length, statusText(loaded)));
    isBusy.value = false;
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    isBusy.value = false;
    failure.value = failureOf(thrown);
    announce(failureText(failure.value));
  }
}

export async function showMore(): Promise<void> {
  const before = results.value;
  if (!before?.next || isBusy.value || isLoadingMore.value) return;
  isLoadingMore.value = true;
  try {
    const { signal: aborted } = (running = new AbortController());
    const page =
      before.status === null ? await catalogPage(before.next, aborted) : await rankedPage(before.next, aborted);
    results.value = { ...before, shown: [...before.shown, ...page.shown], next: page.next };
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    failure.value = failureOf(thrown);
  } finally {
    isLoadingMore.value = false;
  }
}

export function statusText({ status, total }: Results): string {
  if (status !== null) return texts.value.statuses[status];
  return texts.value.catalog(total ?? 0);
}

async function recommend(aborted: AbortSignal): Promise<Omit<Results, 'requestKey'>> {
  // events that the shopper caused a moment ago must already influence this recommendation
  await sendFeedback();
  // with locked items or a budget, outfits need a separate request
  const withLooks = fittingRoom.value.length === 0 && budget.value === '';
  const variables = { input: requestOf(), first: FIRST_PAGE, looks: LOOKS, withLooks };
  const { recommendOutfit: recommendation } = await api.ask(FindDocument, variables, { signal: aborted });
  const { shown, next } = pageOf(recommendation);
  if (withLooks) outfits.value = { outfits: recommendation.outfits ?? [], isBusy: false, failure: null };
  else void refreshOutfits();
  const { status, query } = recommendation;
  return { status, understanding: query, shown, total: null, next };
}

async function rankedPage(after: string, aborted: AbortSignal): Promise<Pick<Results, 'shown' | 'next'>> {
  const variables = { input: requestOf(), first: NEXT_PAGE, after, withLooks: false };
  return pageOf((await api.ask(FindDocument, variables, { signal: aborted })).recommendOutfit);
}

function pageOf({ id, garments }: FindQuery['recommendOutfit']): Pick<Results, 'shown' | 'next'> {
  const shown = garments.edges.map(({ node, explanation }) => ({ garment: node, reasons: explanation.reasons }));
  rememberShown(
    id,
    shown.map(({ garment }) => garment.sku),
  );
  return { shown, next: garments.pageInfo.hasNextPage ? (garments.pageInfo.endCursor ?? null) : null };
}

async function browse(aborted: AbortSignal): Promise<Omit<Results, 'requestKey'>> {
  outfits.value = null;
  const isFiltered = chosenCount.value > 0 || dismissed.value.length > 0;
  if (isFiltered) return { status: null, understanding: null, ...(await catalogPage(null, aborted)) };
  const { all, ...byType } = await api.ask(OneOfEachDocument, {}, { signal: aborted, byGet: true });
  const oneOfEach = Object.values(byType).flatMap(({ nodes }) => nodes);
  // a catalog of watches has none of these types, and a small catalog has few
  const nodes = oneOfEach.length < all.nodes.length / 2 ? all.nodes : oneOfEach;
  const shown = nodes.slice(0, FIRST_PAGE).map((garment) => ({ garment, reasons: [] }));
  return { status: null, understanding: null, shown, total: all.totalCount, next: null };
}

async function catalogPage(
  after: string | null,
  aborted: AbortSignal,
): Promise<Pick<Results, 'shown' | 'next' | 'total'>> {
  const variables = { filter: filterOf(), first: after === null ? FIRST_PAGE : NEXT_PAGE, after };
  const { garments } = await api.ask(BrowseDocument, variables, { signal: aborted, byGet: true });
  const shown = garments.nodes.map((garment) => ({ garment, reasons: [] }));
  const { hasNextPage, endCursor } = garments.pageInfo;
  return { shown, total: garments.totalCount, next: hasNextPage ? (endCursor ?? null) : null };
}
