// The shopper's actions. Each one changes the request and sends it again.
import { texts } from '../words/language.js';
import { announce } from './announcement.js';
import { results, refresh } from './results.js';
import { failureOf } from '../../shared/failure.js';
import { refreshFacets } from './facets.js';
import { budget, putBack, tryOn, type FittingRoomItem } from './fitting.room.js';
import { outfits, refreshOutfits } from './outfits.js';
import { photoOf, type Photo } from './photo.js';
import {
  avoid,
  balance,
  choices,
  dismissed,
  hasBoth,
  NO_CHOICES,
  photo,
  searchText,
  type Choices,
  type ListField,
} from './request.js';
import { forgetShopper, recordEvent } from './shopper.js';

export function search(text: string): void {
  searchText.value = text;
  updateAddress();
  void refresh();
}

export function showPhoto(chosen: Photo | null): void {
  photo.value = chosen;
  if (!hasBoth.value) balance.value = null;
  void refresh();
}

/** Searches with the picture file. Returns false if the browser cannot read it. */
export async function showFile(file: Blob): Promise<boolean> {
  const chosen = await photoOf(file).catch(() => null);
  if (chosen) showPhoto(chosen);
  return chosen !== null;
}

export function setBalance(percent: number): void {
  balance.value = percent;
  void refresh();
}

export function choose(change: Partial<Choices>): void {
  choices.value = { ...choices.value, ...change };
  void Promise.all([refresh(), refreshFacets()]);
}

export function toggle(field: ListField, value: string): void {
  const chosen = choices.value[field];
  choose({ [field]: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value] });
}

export function setAvoid(text: string): void {
  if (text === avoid.value) return;
  avoid.value = text;
  void refresh();
}

export function clearChoices(): void {
  avoid.value = '';
  choose(NO_CHOICES);
}

export function moreLike({ sku, title, imageUrl }: FittingRoomItem): void {
  recordEvent('CLICK', sku);
  showPhoto({ input: { sku }, src: imageUrl ?? '', title });
}

/** Hides the garment at once and reloads the results. */
export async function lessLike({ sku, title }: FittingRoomItem): Promise<void> {
  recordEvent('DISMISS', sku);
  dismissed.value = [...dismissed.value, sku];
  const before = results.value;
  if (before) results.value = { ...before, shown: before.shown.filter(({ garment }) => garment.sku !== sku) };
  await Promise.all([refresh(), refreshFacets()]);
  announce(texts.value.dismissed(title));
}

export function showDismissed(): void {
  dismissed.value = [];
  void Promise.all([refresh(), refreshFacets()]);
}

export function enterFittingRoom(item: FittingRoomItem): void {
  tryOn(item);
  if (outfits.value) void refreshOutfits();
}

export function leaveFittingRoom(sku: string): void {
  putBack(sku);
  if (outfits.value) void refreshOutfits();
}

export function limitBudget(amount: string): void {
  budget.value = amount;
  if (outfits.value) void refreshOutfits();
}

/** Deletes the shopper's data. Returns the text to show. */
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

/**
 * Puts the search text into the page's URL, so that shoppers can bookmark and share it. A URL cannot hold a picture.
 */
function updateAddress(): void {
  const text = searchText.value.trim();
  history.replaceState(null, '', text === '' ? '/' : `/?q=${encodeURIComponent(text)}`);
}
