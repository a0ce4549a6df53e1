// The garment in the details dialog.
import { signal } from '@preact/signals';
import {
  GarmentDetailsDocument,
  type GarmentCardFragment,
  type GarmentDetailsQuery,
} from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { recordEvent } from './shopper.js';

export type Details = NonNullable<GarmentDetailsQuery['garment']>;

const LOOKS = 2;

export const opened = signal<GarmentCardFragment | null>(null);
export const details = signal<Details | null>(null);

export function openDetails(garment: GarmentCardFragment): void {
  recordEvent('CLICK', garment.sku);
  opened.value = garment;
  details.value = null;
  const variables = { sku: garment.sku, looks: LOOKS };
  // if the request fails, the dialog shows the data of the card
  void api
    .ask(GarmentDetailsDocument, variables, { byGet: true })
    .then((data) => {
      if (opened.value?.sku === garment.sku) details.value = data.garment ?? null;
    })
    .catch(() => undefined);
}

export function closeDetails(): void {
  opened.value = null;
}
