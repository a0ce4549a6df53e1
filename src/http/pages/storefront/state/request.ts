// What the shopper asks for, as the page's fields hold it, and as the API takes it.
import { computed, signal } from '@preact/signals';
import type { GarmentFilter, GarmentType, Gender, RecommendOutfitInput } from '../../../../client/operations.js';
import type { Photo } from './photo.js';
import { shopper } from './shopper.js';

export interface Choices {
  types: string[];
  colors: string[];
  genders: string[];
  minPrice: string;
  maxPrice: string;
  soldOut: boolean;
}

export type ListField = 'types' | 'colors' | 'genders';

export const NO_CHOICES: Choices = { types: [], colors: [], genders: [], minPrice: '', maxPrice: '', soldOut: false };

export const words = signal('');
export const avoid = signal('');
export const photo = signal<Photo | null>(null);
/** Percent of the words, beside a picture; null: the model chooses. */
export const balance = signal<number | null>(null);
export const choices = signal<Choices>(NO_CHOICES);
/** What the shopper waved away in this visit. */
export const dismissed = signal<string[]>([]);

export const hasBoth = computed(() => words.value.trim() !== '' && photo.value !== null);
/** Whether there is anything to search by; else the catalog is shown. */
export const isAsked = computed(() => words.value.trim() !== '' || photo.value !== null);
export const chosenCount = computed(() => {
  const { types, colors, genders, minPrice, maxPrice, soldOut } = choices.value;
  const others = [minPrice !== '', maxPrice !== '', soldOut, avoid.value.trim() !== ''];
  return types.length + colors.length + genders.length + others.filter(Boolean).length;
});

/** Names what is asked, but for what was waved away. A garment that another question brings up too is another card. */
export const question = computed(() =>
  JSON.stringify([words.value.trim(), photo.value?.src, balance.value, choices.value, avoid.value]),
);

/** @param except a list that is left out, to count what a further choice in it would add */
export function filterOf(except?: ListField): GarmentFilter {
  const { types, colors, genders, minPrice, maxPrice, soldOut } = choices.value;
  return {
    ...(types.length > 0 && except !== 'types' && { garmentTypes: types as GarmentType[] }),
    ...(colors.length > 0 && except !== 'colors' && { colors }),
    ...(genders.length > 0 && except !== 'genders' && { genders: genders as Gender[] }),
    ...(minPrice !== '' && { minPrice }),
    ...(maxPrice !== '' && { maxPrice }),
    ...(soldOut && { inStockOnly: false }),
    ...(dismissed.value.length > 0 && { excludeSkus: dismissed.value }),
  };
}

export function requestOf(): RecommendOutfitInput {
  const text = words.value.trim();
  const avoided = avoid.value.trim();
  const percent = balance.value;
  return {
    ...(text && { text }),
    ...(photo.value && { image: photo.value.input }),
    ...(avoided && { avoid: avoided }),
    ...(hasBoth.value &&
      percent !== null && { fusion: { textWeight: percent / 100, imageWeight: (100 - percent) / 100 } }),
    filter: filterOf(),
    shopper: shopper.value,
  };
}
