// Whole looks beside the garments: built on the same request, around what is tried on, within the budget; and one piece of
// a look swapped for another while the rest stays.
import { signal } from '@preact/signals';
import type { ApiError } from '../../../../client/api.error.js';
import { LooksDocument, type LookFragment, type LooksQueryVariables } from '../../../../client/operations.js';
import { texts } from '../words/language.js';
import { announce } from './announcement.js';
import { api } from '../../shared/api.js';
import { failureOf, wasAborted } from '../../shared/failure.js';
import { budget, fittingRoom } from './fitting.room.js';
import { requestOf } from './request.js';

export interface Looks {
  looks: LookFragment[];
  isBusy: boolean;
  failure: ApiError | null;
}

const LOOKS = 3;
/** Of a shop whose garments have no price there is no budget either. */
const USUAL_CURRENCY = 'EUR';

/** Null where nothing is asked that looks could be built on. */
export const looks = signal<Looks | null>(null);
/** Why the last swap did not come about; empty where it did. */
export const swapNote = signal('');

/** Pieces that were swapped out of a look, by its place: they do not come back into it by the next swap. */
let swappedOut: string[][] = [];
let running: AbortController | null = null;

export async function refreshLooks(): Promise<void> {
  running?.abort();
  const { signal: aborted } = (running = new AbortController());
  const before = looks.value?.looks ?? [];
  looks.value = { looks: before, isBusy: true, failure: null };
  swappedOut = [];
  swapNote.value = '';
  const variables = { input: requestOf(), first: LOOKS, keepSkus: fittingRoom.value.map(({ sku }) => sku) };
  try {
    looks.value = { looks: await ask(variables, aborted), isBusy: false, failure: null };
  } catch (thrown) {
    if (wasAborted(thrown)) return;
    looks.value = { looks: [], isBusy: false, failure: failureOf(thrown) };
  }
}

/** Another piece in the place of one, beside the same others. */
export async function swap(index: number, sku: string): Promise<void> {
  const look = looks.value!.looks[index]!;
  const slot = look.pieces.find(({ garment }) => garment.sku === sku)!.slot;
  const out = [...(swappedOut[index] ?? []), sku];
  const others = look.pieces.map(({ garment }) => garment.sku).filter((one) => one !== sku);
  const input = requestOf();
  input.filter = { ...input.filter, excludeSkus: [...(input.filter?.excludeSkus ?? []), ...out] };
  swapNote.value = '';
  try {
    const [found] = await ask({ input, first: 1, keepSkus: others }, new AbortController().signal);
    const piece = found?.pieces.find((one) => one.slot === slot);
    if (!found || !piece) return sayNoSwap();
    swappedOut[index] = out;
    const present = looks.value!;
    looks.value = { ...present, looks: present.looks.map((one, i) => (i === index ? found : one)) };
    announce(texts.value.swapped(piece.garment.title));
  } catch (thrown) {
    failureOf(thrown);
    sayNoSwap();
  }
}

function sayNoSwap(): void {
  swapNote.value = texts.value.noSwap;
  announce(texts.value.noSwap);
}

async function ask(variables: LooksQueryVariables, aborted: AbortSignal): Promise<LookFragment[]> {
  const amount = budget.value;
  const currency = looks.value?.looks[0]?.totalPrice?.currency ?? USUAL_CURRENCY;
  const within = amount === '' ? {} : { budget: { amount, currency } };
  const answered = await api.ask(LooksDocument, { ...variables, ...within }, { signal: aborted });
  return answered.recommendOutfit.outfits;
}
