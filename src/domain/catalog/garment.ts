// What a garment is: the catalog row as every layer sees it. Plain data, no behaviour that needs a database or a model.

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

/** The fields that the classifier head can fill in where a merchant leaves them out. */
export const INFERABLE_FIELDS = ['category', 'garmentType', 'color', 'gender', 'usage'] as const;
export type InferableField = (typeof INFERABLE_FIELDS)[number];

/** What a merchant says of a garment, apart from its sku and picture. */
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

/** A row of the catalog. `id` is unique over all stores and never used again. */
export interface Garment extends GarmentFacts {
  id: string;
  sku: string;
  inferredFields: InferableField[];
  /** Content hash of the stored picture, part of its address: a new picture has a new address. Null without picture. */
  imageHash: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Everything given must hold; within one list any value may. Text is compared without regard to case. */
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
  /** Default true: sold-out garments are left out. */
  inStockOnly?: boolean;
  excludeSkus?: string[];
}

export interface PictureSource {
  /** As `URL` writes it, without fragment. */
  url: string;
  /** Validators as the address sent them (RFC 9110 §8.8); null where it sent none, or another address answered for it. */
  etag: string | null;
  lastModified: string | null;
}
