// What the shopper tries on and has put into the bag. Looks are built around the pieces that are tried on.
import { signal } from '@preact/signals';
import { tell } from './shopper.js';

export interface TriedPiece {
  sku: string;
  title: string;
  imageUrl?: string | null;
}

export const fittingRoom = signal<TriedPiece[]>([]);
export const bag = signal<string[]>([]);
/** What a look may cost at most; empty: anything. */
export const budget = signal('');

export function isTriedOn(sku: string): boolean {
  return fittingRoom.value.some((piece) => piece.sku === sku);
}

export function tryOn({ sku, title, imageUrl }: TriedPiece): void {
  if (isTriedOn(sku)) return;
  tell('TRY_ON', sku);
  fittingRoom.value = [...fittingRoom.value, { sku, title, imageUrl }];
}

export function putBack(sku: string): void {
  fittingRoom.value = fittingRoom.value.filter((piece) => piece.sku !== sku);
}

export function putIntoBag(sku: string): void {
  if (bag.value.includes(sku)) return;
  tell('CART', sku);
  bag.value = [...bag.value, sku];
}
