// The fitting room, the bag and the budget. Outfits contain all garments of the fitting room.
import { signal } from '@preact/signals';
import { recordEvent } from './shopper.js';

export interface FittingRoomItem {
  sku: string;
  title: string;
  imageUrl?: string | null;
}

export const fittingRoom = signal<FittingRoomItem[]>([]);
export const bag = signal<string[]>([]);
/** The highest price of an outfit. Empty for no limit. */
export const budget = signal('');

export function isTriedOn(sku: string): boolean {
  return fittingRoom.value.some((item) => item.sku === sku);
}

export function tryOn({ sku, title, imageUrl }: FittingRoomItem): void {
  if (isTriedOn(sku)) return;
  recordEvent('TRY_ON', sku);
  fittingRoom.value = [...fittingRoom.value, { sku, title, imageUrl }];
}

export function putBack(sku: string): void {
  fittingRoom.value = fittingRoom.value.filter((item) => item.sku !== sku);
}

export function putIntoBag(sku: string): void {
  if (bag.value.includes(sku)) return;
  recordEvent('CART', sku);
  bag.value = [...bag.value, sku];
}
