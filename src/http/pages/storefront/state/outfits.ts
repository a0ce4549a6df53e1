// The outfits for the current request, with the garments of the fitting room and within the budget.
import { signal } from '@preact/signals';
import type { ApiError } from '../../../../client/api.error.js';
import { LooksDocument, type LookFragment, type LooksQueryVariables } from '../../../../client/operations.js';
import { texts } from '../words/language.js';
import { announce } from './announcement.js';
import { api } from '../../shared/api.js';
import { failureOf, wasAborted } from '../../shared/failure.js';
import { budget, fittingRoom } from './fitting.room.js';
import { requestOf } from './request.js';

export interface OutfitsState {
  outfits: LookFragment[];
  isBusy: boolean;
  failure: ApiError | null;
}

const LOOKS = 3;
/** The currency of the budget if the outfits show no price. */
const DEFAULT_CURRENCY = 'EUR';

/** Null while there is no request to build outfits on. */
export const outfits = signal<OutfitsState | null>(null);
/** The reason why the last swap failed. Empty after a successful swap. */
export const swapNote = signal('');

/** The SKUs that the shopper swapped out, by the index of the outfit. Later swaps do not offer them again. */
let swappedOut: string[][] = [];
let running: AbortController | null = null;

export async function refreshOutfits(): Promise<void> {
  running?.abort();
  const { signal: aborted } = (running = new AbortController());
  const before = outfits.value?.outfits ?? [];
  outfits.value = { outfits: before, isBusy: true, failure: null };
  swappedOut = [];
  swapNote.value = '';
  const variables = { input: requestOf(), first: LOOKS, keepSkus: fittingRoom.value.map(({ sku }) => sku) };
  try {
    outfits.value = { outfits: await ask(variables, aborted), isBusy: false, failure: null };
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    outfits.value = { outfits: [], isBusy: false, failure: failureOf(thrown) };
  }
}

/** Replaces one garment of the outfit and keeps the others. */
export async function swap(index: number, sku: string): Promise<void> {
  const outfit = outfits.value!.outfits[index]!;
  const slot = outfit.pieces.find(({ garment }) => garment.sku === sku)!.slot;
  const excluded = [...(swappedOut[index] ?? []), sku];
  const others = outfit.pieces.map(({ garment }) => garment.sku).filter((other) => other !== sku);
  const input = requestOf();
  input.filter = { ...input.filter, excludeSkus: [...(input.filter?.excludeSkus ?? []), ...excluded] };
  swapNote.value = '';
  try {
    const [changed] = await ask({ input, first: 1, keepSkus: others }, new AbortController().signal);
    const replacement = changed?.pieces.find((piece) => piece.slot === slot);
    if (!changed || !replacement) return showNoSwap();
    swappedOut[index] = excluded;
    const state = outfits.value!;
    outfits.value = { ...state, outfits: state.outfits.map((other, i) => (i === index ? changed : other)) };
    announce(texts.value.swapped(replacement.garment.title));
  } catch (thrown) {
    failureOf(thrown);
    showNoSwap();
  }
}

function showNoSwap(): void {
  swapNote.value = texts.value.noSwap;
  announce(texts.value.noSwap);
}

async function ask(variables: LooksQueryVariables, aborted: AbortSignal): Promise<LookFragment[]> {
  const amount = budget.value;
  const currency = outfits.value?.outfits[0]?.totalPrice?.currency ?? DEFAULT_CURRENCY;
  const limit = amount === '' ? {} : { budget: { amount, currency } };
  const data = await api.ask(LooksDocument, { ...variables, ...limit }, { signal: aborted });
  return data.recommendOutfit.outfits;
}
