// The garments that are shown: the ranked answer to what is asked, or the catalog where nothing is. A newer request takes the
// place of an older one, and until its answer is there the old one stays, dimmed.
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
import { looks, refreshLooks } from './looks.js';
import { chosenCount, dismissed, filterOf, isAsked, question, requestOf } from './request.js';
import { sendFeedback, showedBy } from './shopper.js';

export interface Shown {
  garment: GarmentCardFragment;
  reasons: string[];
}

type Read = FindQuery['recommendOutfit']['query'];

export interface Answer {
  /** `question` as it was. */
  question: string;
  /** Null for the catalog. */
  status: RecommendationStatus | null;
  read: Read | null;
  shown: Shown[];
  /** Of the catalog, under the filter; null for a ranking. */
  total: number | null;
  /** Where the next page begins; null where this was the last. */
  next: string | null;
}

const FIRST_PAGE = 8;
export const NEXT_PAGE = 12;
const LOOKS = 3;

export const answer = signal<Answer | null>(null);
export const isBusy = signal(true);
/** The next page is on its way. */
export const isLoadingMore = signal(false);
export const failure = signal<ApiError | null>(null);

let running: AbortController | null = null;

/** Asks anew, after something of the request was changed. */
export async function refresh(): Promise<void> {
  running?.abort();
  const { signal: aborted } = (running = new AbortController());
  isBusy.value = true;
  if (isAsked.value) announce(texts.value.searching);
  try {
    const asked = question.value;
    const found = { question: asked, ...(isAsked.value ? await find(aborted) : await browse(aborted)) };
    answer.value = found;
    failure.value = null;
    announce(texts.value.announced(found.shown.length, statusText(found)));
    isBusy.value = false;
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    isBusy.value = false;
    failure.value = failureOf(thrown);
    announce(failureText(failure.value));
  }
}

export async function showMore(): Promise<void> {
  const before = answer.value;
  if (!before?.next || isBusy.value || isLoadingMore.value) return;
  isLoadingMore.value = true;
  try {
    const { signal: aborted } = (running = new AbortController());
    const page =
      before.status === null ? await catalogPage(before.next, aborted) : await rankedPage(before.next, aborted);
    answer.value = { ...before, shown: [...before.shown, ...page.shown], next: page.next };
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    failure.value = failureOf(thrown);
  } finally {
    isLoadingMore.value = false;
  }
}

export function statusText({ status, total }: Answer): string {
  if (status !== null) return texts.value.statuses[status];
  return texts.value.catalog(total ?? 0);
}

async function find(aborted: AbortSignal): Promise<Omit<Answer, 'question'>> {
  // what was told a moment ago is to shape this answer already
  await sendFeedback();
  const plain = fittingRoom.value.length === 0 && budget.value === '';
  const variables = { input: requestOf(), first: FIRST_PAGE, looks: LOOKS, withLooks: plain };
  const { recommendOutfit: found } = await api.ask(FindDocument, variables, { signal: aborted });
  const { shown, next } = pageOf(found);
  if (plain) looks.value = { looks: found.outfits ?? [], isBusy: false, failure: null };
  else void refreshLooks();
  return { status: found.status, read: found.query, shown, total: null, next };
}

async function rankedPage(after: string, aborted: AbortSignal): Promise<Pick<Answer, 'shown' | 'next'>> {
  const variables = { input: requestOf(), first: NEXT_PAGE, after, withLooks: false };
  return pageOf((await api.ask(FindDocument, variables, { signal: aborted })).recommendOutfit);
}

function pageOf({ id, garments }: FindQuery['recommendOutfit']): Pick<Answer, 'shown' | 'next'> {
  const shown = garments.edges.map(({ node, explanation }) => ({ garment: node, reasons: explanation.reasons }));
  showedBy(
    id,
    shown.map(({ garment }) => garment.sku),
  );
  return { shown, next: garments.pageInfo.hasNextPage ? (garments.pageInfo.endCursor ?? null) : null };
}

async function browse(aborted: AbortSignal): Promise<Omit<Answer, 'question'>> {
  looks.value = null;
  const untouched = chosenCount.value === 0 && dismissed.value.length === 0;
  if (!untouched) return { status: null, read: null, ...(await catalogPage(null, aborted)) };
  const { all, ...byType } = await api.ask(OneOfEachDocument, {}, { signal: aborted, byGet: true });
  const oneOfEach = Object.values(byType).flatMap(({ nodes }) => nodes);
  // a catalog of watches has none of the types, and a small one few
  const nodes = oneOfEach.length < all.nodes.length / 2 ? all.nodes : oneOfEach;
  const shown = nodes.slice(0, FIRST_PAGE).map((garment) => ({ garment, reasons: [] }));
  return { status: null, read: null, shown, total: all.totalCount, next: null };
}

async function catalogPage(
  after: string | null,
  aborted: AbortSignal,
): Promise<Pick<Answer, 'shown' | 'next' | 'total'>> {
  const variables = { filter: filterOf(), first: after === null ? FIRST_PAGE : NEXT_PAGE, after };
  const { garments } = await api.ask(BrowseDocument, variables, { signal: aborted, byGet: true });
  const shown = garments.nodes.map((garment) => ({ garment, reasons: [] }));
  const { hasNextPage, endCursor } = garments.pageInfo;
  return { shown, total: garments.totalCount, next: hasNextPage ? (endCursor ?? null) : null };
}
