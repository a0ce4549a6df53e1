// What a shopper does on the page, each in one call: it changes what is asked for, tells the server where it is to learn, and
// asks anew.
import { texts } from '../words/language.js';
import { announce } from './announcement.js';
import { answer, refresh } from './answer.js';
import { failureOf } from '../../shared/failure.js';
import { refreshFacets } from './facets.js';
import { budget, putBack, tryOn, type TriedPiece } from './fitting.room.js';
import { looks, refreshLooks } from './looks.js';
import { photoOf, type Photo } from './photo.js';
import {
  avoid,
  balance,
  choices,
  dismissed,
  hasBoth,
  NO_CHOICES,
  photo,
  words,
  type Choices,
  type ListField,
} from './request.js';
import { forgetShopper, tell } from './shopper.js';

export function search(text: string): void {
  words.value = text;
  rememberInAddress();
  void refresh();
}

export function showPhoto(chosen: Photo | null): void {
  photo.value = chosen;
  if (!hasBoth.value) balance.value = null;
  void refresh();
}

/** @returns whether the browser could read it */
export async function showFile(file: Blob): Promise<boolean> {
  const read = await photoOf(file).catch(() => null);
  if (read) showPhoto(read);
  return read !== null;
}

export function weigh(percent: number): void {
  balance.value = percent;
  void refresh();
}

export function choose(change: Partial<Choices>): void {
  choices.value = { ...choices.value, ...change };
  void Promise.all([refresh(), refreshFacets()]);
}

export function toggle(field: ListField, value: string): void {
  const chosen = choices.value[field];
  choose({ [field]: chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value] });
}

export function avoidWords(text: string): void {
  if (text === avoid.value) return;
  avoid.value = text;
  void refresh();
}

export function clearChoices(): void {
  avoid.value = '';
  choose(NO_CHOICES);
}

export function moreLike({ sku, title, imageUrl }: TriedPiece): void {
  tell('CLICK', sku);
  showPhoto({ input: { sku }, src: imageUrl ?? '', title });
}

/** Takes it away at once; the answer that follows knows of it. */
export async function lessLike({ sku, title }: TriedPiece): Promise<void> {
  tell('DISMISS', sku);
  dismissed.value = [...dismissed.value, sku];
  const shown = answer.value;
  if (shown) answer.value = { ...shown, shown: shown.shown.filter(({ garment }) => garment.sku !== sku) };
  await Promise.all([refresh(), refreshFacets()]);
  announce(texts.value.dismissed(title));
}

export function showDismissed(): void {
  dismissed.value = [];
  void Promise.all([refresh(), refreshFacets()]);
}

export function takeToFittingRoom(piece: TriedPiece): void {
  tryOn(piece);
  if (looks.value) void refreshLooks();
}

export function takeBack(sku: string): void {
  putBack(sku);
  if (looks.value) void refreshLooks();
}

export function limitBudget(amount: string): void {
  budget.value = amount;
  if (looks.value) void refreshLooks();
}

/** @returns what to say of it */
export async function forgetMe(): Promise<string> {
  try {
    const forgotten = await forgetShopper();
    dismissed.value = [];
    await refresh();
    return texts.value.forgotten(forgotten);
  } catch (thrown) {
    return failureOf(thrown).message;
  }
}

/** So that a search can be kept as a bookmark and shared; of pictures an address can say nothing. */
function rememberInAddress(): void {
  const text = words.value.trim();
  history.replaceState(null, '', text === '' ? '/' : `/?q=${encodeURIComponent(text)}`);
}
