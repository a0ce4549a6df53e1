// The one garment that is looked at by itself.
import { signal } from '@preact/signals';
import {
  GarmentDetailsDocument,
  type GarmentCardFragment,
  type GarmentDetailsQuery,
} from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { tell } from './shopper.js';

export type Details = NonNullable<GarmentDetailsQuery['garment']>;

const LOOKS = 2;

export const opened = signal<GarmentCardFragment | null>(null);
export const details = signal<Details | null>(null);

export function openDetails(garment: GarmentCardFragment): void {
  tell('CLICK', garment.sku);
  opened.value = garment;
  details.value = null;
  const variables = { sku: garment.sku, looks: LOOKS };
  const asked = api.ask(GarmentDetailsDocument, variables, { byGet: true });
  // without them the dialog shows what the card has
  void asked
    .then((answered) => {
      if (opened.value?.sku === garment.sku) details.value = answered.garment ?? null;
    })
    .catch(() => undefined);
}

export function closeDetails(): void {
  opened.value = null;
}
