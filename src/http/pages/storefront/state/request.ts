// The shopper's request: the values of the page's fields, and the API input built from them.
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

export const searchText = signal('');
export const avoid = signal('');
export const photo = signal<Photo | null>(null);
/** The weight of the text against the picture, in percent. Null for the model's own balance. */
export const balance = signal<number | null>(null);
export const choices = signal<Choices>(NO_CHOICES);
/** The SKUs that the shopper hid during this visit. */
export const dismissed = signal<string[]>([]);

export const hasBoth = computed(() => searchText.value.trim() !== '' && photo.value !== null);
/** True if there is text or a picture. Otherwise the page shows the catalog. */
export const hasRequest = computed(() => searchText.value.trim() !== '' || photo.value !== null);
export const chosenCount = computed(() => {
  const { types, colors, genders, minPrice, maxPrice, soldOut } = choices.value;
  const others = [minPrice !== '', maxPrice !== '', soldOut, avoid.value.trim() !== ''];
  return types.length + colors.length + genders.length + others.filter(Boolean).length;
});

/** Identifies the request without hidden garments. After another request, even the same garment gets a new card. */
export const requestKey = computed(() =>
  JSON.stringify([searchText.value.trim(), photo.value?.src, balance.value, choices.value, avoid.value]),
);

/** Returns the filter. @param except a field to omit, for counting what another choice in this field would add */
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
  const text = searchText.value.trim();
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
