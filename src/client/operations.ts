// Written by `npm run snapshot` from documents/ and the schema. Not edited by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** One action of a shopper on one garment of a recommendation. */
export type FeedbackInput = {
  /** Action of the shopper. */
  kind: FeedbackKind;
  /** ID of the recommendation, from `recommendOutfit { id }`. */
  recommendationId: string;
  /** ID that the storefront gives the shopper who acted. If absent, the shopper of the request, if it named one. */
  shopper?: string | null | undefined;
  /** SKU of a garment that the recommendation showed. */
  sku: string;
};

/** Action of a shopper on a garment. */
export type FeedbackKind =
  /** The shopper put the garment into the cart. */
  | 'CART'
  /** The shopper opened the page of the garment. */
  | 'CLICK'
  /** The shopper dismissed the garment. */
  | 'DISMISS'
  /** The shopper bought the garment. */
  | 'PURCHASE'
  /** The shopper tried the garment on. */
  | 'TRY_ON'
  /** The garment was visible on the screen. */
  | 'VIEW';

/** Options that combine text and picture. The model chooses the value of an absent field. */
export type FusionInput = {
  /** Weight of the picture, 0 or more. Both weights must not be 0. */
  imageWeight?: number | null | undefined;
  /** Fusion method. If absent, the method that works best with the active model. */
  method?: FusionMethod | null | undefined;
  /** Weight of the text, 0 or more. Only the ratio to `imageWeight` matters. */
  textWeight?: number | null | undefined;
};

/** Method that combines the text features (F_t) and the picture features (F_i) into one query vector F = f(F_t, F_i). */
export type FusionMethod =
  /** A trained network weights text and picture separately for each part of the features. Equal weights keep its balance; other weights shift it. Not every model supports this method. */
  | 'ATTENTION'
  /** Compares the text with the texts of garments and the picture with their pictures. The weights set the share of each. */
  | 'CONCATENATION'
  /** Averages text and picture into one vector and compares it with the text and picture of each garment, so a text can also find pictures. */
  | 'WEIGHTED_AVERAGE';

/** A filter for garments: a garment must match every given field, and any one value of a list is enough. Text ignores case. */
export type GarmentFilter = {
  /** Garments of any of these brands, at most 100. */
  brands?: Array<string> | null | undefined;
  /** Garments of any of these categories, for example "Casual Shoes". At most 100 values. */
  categories?: Array<string> | null | undefined;
  /** Garments in any of these colors, for example "Navy Blue". At most 100 values. */
  colors?: Array<string> | null | undefined;
  /** Currency of the prices, an ISO 4217 code of three letters. Required with a price bound if the catalog has several currencies. */
  currency?: string | null | undefined;
  /** SKUs to exclude, at most 1,000, for example the garments in the cart. */
  excludeSkus?: Array<string> | null | undefined;
  /** Garments of any of these types, at most 100. */
  garmentTypes?: Array<GarmentType> | null | undefined;
  /** Garments for any of these genders. */
  genders?: Array<Gender> | null | undefined;
  /** `true` limits the result to garments in stock. `false` includes sold-out garments. */
  inStockOnly?: boolean | null | undefined;
  /** Garments of any of these materials, at most 100. */
  materials?: Array<string> | null | undefined;
  /** Highest price, inclusive. Garments without a price are excluded. */
  maxPrice?: string | null | undefined;
  /** Lowest price, inclusive. Garments without a price are excluded. */
  minPrice?: string | null | undefined;
  /** Garments available in any of these sizes, at most 100. */
  sizes?: Array<string> | null | undefined;
  /** Garments with any of these tags, at most 100. */
  tags?: Array<string> | null | undefined;
  /** Garments for any of these uses, for example "Sports". At most 100 values. */
  usages?: Array<string> | null | undefined;
};

/** The ten garment types that shoppers can try on and the classifier can recognize. */
export type GarmentType =
  /** Dresses of any length, and jumpsuits. */
  | 'DRESS'
  /** Hats, caps and beanies. */
  | 'HAT'
  /** Tops with long sleeves that are not shirts, such as sweaters, hoodies and long-sleeved tees. */
  | 'LONG_SLEEVE'
  /** Outer layers such as coats, jackets and blazers. */
  | 'OUTERWEAR'
  /** Trousers, jeans and leggings. */
  | 'PANTS'
  /** Shirts and blouses. */
  | 'SHIRT'
  /** All footwear, including sandals and boots. */
  | 'SHOES'
  /** Shorts. */
  | 'SHORTS'
  /** Skirts. */
  | 'SKIRT'
  /** T-shirts, polo shirts and tank tops. */
  | 'T_SHIRT';

/** Gender that a garment is made for. */
export type Gender =
  /** Made for boys. */
  | 'BOYS'
  /** Made for girls. */
  | 'GIRLS'
  /** Made for children of any gender. */
  | 'KIDS'
  /** Made for men. */
  | 'MEN'
  /** Made for everyone. */
  | 'UNISEX'
  /** Made for women. */
  | 'WOMEN';

/** A picture. Exactly one field is required. */
export type ImageInput = {
  /** JPEG, PNG, WebP, AVIF or GIF as base64 or as a data: URL, at most 10 MB. */
  base64?: string | null | undefined;
  /** SKU of a garment in the catalog, whose picture is used. */
  sku?: string | null | undefined;
  /** A file of the multipart request. */
  upload?: Blob | null | undefined;
  /** An http or https URL of a public host on port 80 or 443. The server downloads it within 5 seconds; for a catalog garment it retries for up to 30 seconds. */
  url?: string | null | undefined;
};

/** An exact amount of money. */
export type MoneyInput = {
  /** Amount of 0 or more, with at most 4 decimals. */
  amount: string;
  /** ISO 4217 code of three letters in upper or lower case, for example "EUR". */
  currency: string;
};

/** Part of the body or outfit that a garment covers. */
export type OutfitSlot =
  /** Bags, watches, belts, ties, sunglasses, jewelry and scarves. */
  | 'ACCESSORY'
  /** Trousers, shorts and skirts. */
  | 'BOTTOM'
  /** Shoes of all kinds. */
  | 'FEET'
  /** Garments that are top and bottom in one, such as dresses, jumpsuits and saris. */
  | 'FULL_BODY'
  /** Hats, caps and headbands. */
  | 'HEAD'
  /** Garments worn over the others, such as coats, jackets, blazers and waistcoats. */
  | 'OUTER'
  /** Garments worn above the waist, such as shirts, T-shirts, sweaters and kurtas. */
  | 'TOP';

/** A recommendation request. At least one of `text` and `image` is required; with both, the text modifies the picture. */
export type RecommendOutfitInput = {
  /** Unwanted attributes as text, at most 1,000 characters, for example "black, leather". */
  avoid?: string | null | undefined;
  /** Variety of the ranking, 0 to 1. 0 shows the best matches only; 1 is as varied as the catalog allows. */
  diversity?: number | null | undefined;
  /** Filter for the ranking. Only garments that match it are recommended. */
  filter?: GarmentFilter | null | undefined;
  /** Options that combine text and picture. */
  fusion?: FusionInput | null | undefined;
  /** Picture of a garment that the shopper likes. */
  image?: ImageInput | null | undefined;
  /** Opaque ID that the storefront gives the shopper, at most 200 characters; the server stores only a keyed hash of it. Earlier feedback of the shopper influences the ranking. */
  shopper?: string | null | undefined;
  /** Wanted attributes such as garment type, color, style, material or occasion, in English or Chinese. At most 1,000 characters. */
  text?: string | null | undefined;
};

/** Quality of a recommendation. */
export type RecommendationStatus =
  /** No garment matches the filter. */
  | 'EMPTY'
  /** The catalog has at least as many good matches as requested. */
  | 'OK'
  /** The catalog has good matches, but fewer than requested. */
  | 'PARTIAL'
  /** No garment is close to the request. The ranking shows the nearest garments as alternatives. */
  | 'WEAK';

export type BrowseQueryVariables = Exact<{
  filter?: GarmentFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrowseQuery = { garments: { totalCount: number, nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FacetsQueryVariables = Exact<{
  filter?: GarmentFilter | null | undefined;
  exceptTypes?: GarmentFilter | null | undefined;
  exceptColors?: GarmentFilter | null | undefined;
  exceptGenders?: GarmentFilter | null | undefined;
  typesChosen: boolean;
  colorsChosen: boolean;
  gendersChosen: boolean;
}>;


export type FacetsQuery = { chosen: Array<{ field: string, values: Array<{ value: string, count: number }> }>, types?: Array<{ field: string, values: Array<{ value: string, count: number }> }>, colors?: Array<{ field: string, values: Array<{ value: string, count: number }> }>, genders?: Array<{ field: string, values: Array<{ value: string, count: number }> }> };

export type FacetCountsFragment = { field: string, values: Array<{ value: string, count: number }> };

export type FindQueryVariables = Exact<{
  input: RecommendOutfitInput;
  first?: number | null | undefined;
  after?: string | null | undefined;
  looks?: number | null | undefined;
  withLooks: boolean;
}>;


export type FindQuery = { recommendOutfit: { id: string, status: RecommendationStatus, query: { colors: Array<string>, textWeight: number, imageWeight: number, garmentTypes: Array<{ garmentType: GarmentType, probability: number }> }, garments: { edges: Array<{ rank: number, node: { sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }, explanation: { reasons: Array<string> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, outfits?: Array<{ score: number, weakestLink: string | null, previewUrl: string, totalPrice: { amount: string, currency: string } | null, pieces: Array<{ slot: OutfitSlot, garment: { sku: string, title: string, imageUrl: string | null, price: { amount: string, currency: string } | null } }> }> } };

export type ForgetShopperMutationVariables = Exact<{
  shopper: string;
}>;


export type ForgetShopperMutation = { forgetShopper: { forgotten: number } };

export type GarmentDetailsQueryVariables = Exact<{
  sku: string;
  looks?: number | null | undefined;
}>;


export type GarmentDetailsQuery = { garment: { description: string | null, category: string | null, material: string | null, gender: Gender | null, usage: string | null, sizes: Array<string>, productUrl: string | null, sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, largeImageUrl: string | null, outfits: Array<{ score: number, weakestLink: string | null, previewUrl: string, totalPrice: { amount: string, currency: string } | null, pieces: Array<{ slot: OutfitSlot, garment: { sku: string, title: string, imageUrl: string | null, price: { amount: string, currency: string } | null } }> }>, price: { amount: string, currency: string } | null } | null };

export type GarmentCardFragment = { sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null };

export type LookFragment = { score: number, weakestLink: string | null, previewUrl: string, totalPrice: { amount: string, currency: string } | null, pieces: Array<{ slot: OutfitSlot, garment: { sku: string, title: string, imageUrl: string | null, price: { amount: string, currency: string } | null } }> };

export type LooksQueryVariables = Exact<{
  input: RecommendOutfitInput;
  first?: number | null | undefined;
  keepSkus?: Array<string> | string | null | undefined;
  budget?: MoneyInput | null | undefined;
}>;


export type LooksQuery = { recommendOutfit: { id: string, outfits: Array<{ score: number, weakestLink: string | null, previewUrl: string, totalPrice: { amount: string, currency: string } | null, pieces: Array<{ slot: OutfitSlot, garment: { sku: string, title: string, imageUrl: string | null, price: { amount: string, currency: string } | null } }> }> } };

export type OneOfEachQueryVariables = Exact<{ [key: string]: never; }>;


export type OneOfEachQuery = { all: { totalCount: number, nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, dress: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, shirt: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, outerwear: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, pants: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, shoes: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, skirt: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, tShirt: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, longSleeve: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> }, hat: { nodes: Array<{ sku: string, title: string, brand: string | null, color: string | null, garmentType: GarmentType | null, inStock: boolean, imageUrl: string | null, price: { amount: string, currency: string } | null }> } };

export type RecordFeedbackMutationVariables = Exact<{
  events: Array<FeedbackInput> | FeedbackInput;
}>;


export type RecordFeedbackMutation = { recordFeedback: { recorded: number, userErrors: Array<{ field: Array<string>, code: string, message: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FacetCountsFragmentDoc = new TypedDocumentString(`
    fragment FacetCounts on Facet {
  field
  values {
    value
    count
  }
}
    `, {"fragmentName":"FacetCounts"}) as unknown as TypedDocumentString<FacetCountsFragment, unknown>;
export const GarmentCardFragmentDoc = new TypedDocumentString(`
    fragment GarmentCard on Garment {
  sku
  title
  brand
  color
  garmentType
  inStock
  price {
    amount
    currency
  }
  imageUrl(width: 384)
}
    `, {"fragmentName":"GarmentCard"}) as unknown as TypedDocumentString<GarmentCardFragment, unknown>;
export const LookFragmentDoc = new TypedDocumentString(`
    fragment Look on Outfit {
  score
  weakestLink
  previewUrl(width: 480)
  totalPrice {
    amount
    currency
  }
  pieces {
    slot
    garment {
      sku
      title
      price {
        amount
        currency
      }
      imageUrl(width: 128)
    }
  }
}
    `, {"fragmentName":"Look"}) as unknown as TypedDocumentString<LookFragment, unknown>;
export const BrowseDocument = new TypedDocumentString(`
    query Browse($filter: GarmentFilter, $first: Int, $after: String) {
  garments(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      ...GarmentCard
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment GarmentCard on Garment {
  sku
  title
  brand
  color
  garmentType
  inStock
  price {
    amount
    currency
  }
  imageUrl(width: 384)
}`) as unknown as TypedDocumentString<BrowseQuery, BrowseQueryVariables>;
export const FacetsDocument = new TypedDocumentString(`
    query Facets($filter: GarmentFilter, $exceptTypes: GarmentFilter, $exceptColors: GarmentFilter, $exceptGenders: GarmentFilter, $typesChosen: Boolean!, $colorsChosen: Boolean!, $gendersChosen: Boolean!) {
  chosen: catalogFacets(filter: $filter) {
    ...FacetCounts
  }
  types: catalogFacets(filter: $exceptTypes) @include(if: $typesChosen) {
    ...FacetCounts
  }
  colors: catalogFacets(filter: $exceptColors) @include(if: $colorsChosen) {
    ...FacetCounts
  }
  genders: catalogFacets(filter: $exceptGenders) @include(if: $gendersChosen) {
    ...FacetCounts
  }
}
    fragment FacetCounts on Facet {
  field
  values {
    value
    count
  }
}`) as unknown as TypedDocumentString<FacetsQuery, FacetsQueryVariables>;
export const FindDocument = new TypedDocumentString(`
    query Find($input: RecommendOutfitInput!, $first: Int, $after: String, $looks: Int, $withLooks: Boolean!) {
  recommendOutfit(input: $input) {
    id
    status
    query {
      garmentTypes {
        garmentType
        probability
      }
      colors
      textWeight
      imageWeight
    }
    garments(first: $first, after: $after) {
      edges {
        rank
        node {
          ...GarmentCard
        }
        explanation {
          reasons
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    outfits(first: $looks) @include(if: $withLooks) {
      ...Look
    }
  }
}
    fragment GarmentCard on Garment {
  sku
  title
  brand
  color
  garmentType
  inStock
  price {
    amount
    currency
  }
  imageUrl(width: 384)
}
fragment Look on Outfit {
  score
  weakestLink
  previewUrl(width: 480)
  totalPrice {
    amount
    currency
  }
  pieces {
    slot
    garment {
      sku
      title
      price {
        amount
        currency
      }
      imageUrl(width: 128)
    }
  }
}`) as unknown as TypedDocumentString<FindQuery, FindQueryVariables>;
export const ForgetShopperDocument = new TypedDocumentString(`
    mutation ForgetShopper($shopper: ID!) {
  forgetShopper(shopper: $shopper) {
    forgotten
  }
}
    `) as unknown as TypedDocumentString<ForgetShopperMutation, ForgetShopperMutationVariables>;
export const GarmentDetailsDocument = new TypedDocumentString(`
    query GarmentDetails($sku: String!, $looks: Int) {
  garment(sku: $sku) {
    ...GarmentCard
    description
    category
    material
    gender
    usage
    sizes
    productUrl
    largeImageUrl: imageUrl(width: 512)
    outfits(first: $looks) {
      ...Look
    }
  }
}
    fragment GarmentCard on Garment {
  sku
  title
  brand
  color
  garmentType
  inStock
  price {
    amount
    currency
  }
  imageUrl(width: 384)
}
fragment Look on Outfit {
  score
  weakestLink
  previewUrl(width: 480)
  totalPrice {
    amount
    currency
  }
  pieces {
    slot
    garment {
      sku
      title
      price {
        amount
        currency
      }
      imageUrl(width: 128)
    }
  }
}`) as unknown as TypedDocumentString<GarmentDetailsQuery, GarmentDetailsQueryVariables>;
export const LooksDocument = new TypedDocumentString(`
    query Looks($input: RecommendOutfitInput!, $first: Int, $keepSkus: [String!], $budget: MoneyInput) {
  recommendOutfit(input: $input) {
    id
    outfits(first: $first, keepSkus: $keepSkus, budget: $budget) {
      ...Look
    }
  }
}
    fragment Look on Outfit {
  score
  weakestLink
  previewUrl(width: 480)
  totalPrice {
    amount
    currency
  }
  pieces {
    slot
    garment {
      sku
      title
      price {
        amount
        currency
      }
      imageUrl(width: 128)
    }
  }
}`) as unknown as TypedDocumentString<LooksQuery, LooksQueryVariables>;
export const OneOfEachDocument = new TypedDocumentString(`
    query OneOfEach {
  all: garments(first: 10) {
    totalCount
    nodes {
      ...GarmentCard
    }
  }
  dress: garments(first: 1, filter: {garmentTypes: [DRESS]}) {
    nodes {
      ...GarmentCard
    }
  }
  shirt: garments(first: 1, filter: {garmentTypes: [SHIRT]}) {
    nodes {
      ...GarmentCard
    }
  }
  outerwear: garments(first: 1, filter: {garmentTypes: [OUTERWEAR]}) {
    nodes {
      ...GarmentCard
    }
  }
  pants: garments(first: 1, filter: {garmentTypes: [PANTS]}) {
    nodes {
      ...GarmentCard
    }
  }
  shoes: garments(first: 1, filter: {garmentTypes: [SHOES]}) {
    nodes {
      ...GarmentCard
    }
  }
  skirt: garments(first: 1, filter: {garmentTypes: [SKIRT]}) {
    nodes {
      ...GarmentCard
    }
  }
  tShirt: garments(first: 1, filter: {garmentTypes: [T_SHIRT]}) {
    nodes {
      ...GarmentCard
    }
  }
  longSleeve: garments(first: 1, filter: {garmentTypes: [LONG_SLEEVE]}) {
    nodes {
      ...GarmentCard
    }
  }
  hat: garments(first: 1, filter: {garmentTypes: [HAT]}) {
    nodes {
      ...GarmentCard
    }
  }
}
    fragment GarmentCard on Garment {
  sku
  title
  brand
  color
  garmentType
  inStock
  price {
    amount
    currency
  }
  imageUrl(width: 384)
}`) as unknown as TypedDocumentString<OneOfEachQuery, OneOfEachQueryVariables>;
export const RecordFeedbackDocument = new TypedDocumentString(`
    mutation RecordFeedback($events: [FeedbackInput!]!) {
  recordFeedback(events: $events) {
    recorded
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordFeedbackMutation, RecordFeedbackMutationVariables>;