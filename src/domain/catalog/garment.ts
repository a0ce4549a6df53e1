// The garment: a row of the catalog, and the filter over garments.

export const GARMENT_TYPES = [
  'DRESS',
  'HAT',
  'LONG_SLEEVE',
  'OUTERWEAR',
  'PANTS',
  'SHIRT',
  'SHOES',
  'SHORTS',
  'SKIRT',
  'T_SHIRT',
] as const;
export type GarmentType = (typeof GARMENT_TYPES)[number];

export const GENDERS = ['MEN', 'WOMEN', 'BOYS', 'GIRLS', 'KIDS', 'UNISEX'] as const;
export type Gender = (typeof GENDERS)[number];

/** An exact amount as a decimal string ("49.90") and its ISO 4217 code ("EUR"). */
export interface Money {
  amount: string;
  currency: string;
}

/** Fields that the classifier head can fill in if the merchant omits them. */
export const INFERABLE_FIELDS = ['category', 'garmentType', 'color', 'gender', 'usage'] as const;
export type InferableField = (typeof INFERABLE_FIELDS)[number];

/** A garment's facts, apart from its SKU and picture. */
export interface GarmentFacts {
  title: string;
  description: string | null;
  brand: string | null;
  category: string | null;
  garmentType: GarmentType | null;
  color: string | null;
  material: string | null;
  gender: Gender | null;
  usage: string | null;
  tags: string[];
  sizes: string[];
  price: Money | null;
  inStock: boolean;
  productUrl: string | null;
}

/** A row of the catalog. `id` is unique across all stores and is never reused. */
export interface Garment extends GarmentFacts {
  id: string;
  sku: string;
  inferredFields: InferableField[];
  /** Content hash of the stored picture, part of its URL: a new picture has a new URL. Null without a picture. */
  imageHash: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** All present fields must match; within a list, any value may match. Text is compared without regard to case. */
export interface GarmentFilter {
  garmentTypes?: GarmentType[];
  categories?: string[];
  colors?: string[];
  genders?: Gender[];
  brands?: string[];
  materials?: string[];
  usages?: string[];
  tags?: string[];
  sizes?: string[];
  minPrice?: string;
  maxPrice?: string;
  currency?: string;
  /** Default true, which excludes sold-out garments. */
  inStockOnly?: boolean;
  excludeSkus?: string[];
}

export interface PictureSource {
  /** Normalized by `URL`, without a fragment. */
  url: string;
  /** Validators from the response (RFC 9110 §8.8); null if it had none, or if it came from another URL. */
  etag: string | null;
  lastModified: string | null;
}
