// Written by `npm run snapshot` from documents/ and the schema. Not edited by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** One thing that a shopper did with one garment of an answer. */
export type FeedbackInput = {
  /** What they did with it. */
  kind: FeedbackKind;
  /** The answer: `recommendOutfit { id }`. */
  recommendationId: string;
  /** Who did: the id that the storefront gives a shopper. Absent: whoever asked, as far as the request said. */
  shopper?: string | null | undefined;
  /** A garment that the answer showed. */
  sku: string;
};

/** What a shopper did with a garment. */
export type FeedbackKind =
  /** It was put into the cart. */
  | 'CART'
  /** Its page was opened. */
  | 'CLICK'
  /** It was waved away. */
  | 'DISMISS'
  /** It was bought. */
  | 'PURCHASE'
  /** It was tried on. */
  | 'TRY_ON'
  /** The garment was on the screen. */
  | 'VIEW';

/** How words and picture are brought together; what is absent the model chooses. */
export type FusionInput = {
  /** How much the picture counts: 0 or more; not 0 together with `textWeight`. */
  imageWeight?: number | null | undefined;
  /** Absent: the one that the running model does best with. */
  method?: FusionMethod | null | undefined;
  /** How much the words count: 0 or more, only its ratio to `imageWeight` matters. */
  textWeight?: number | null | undefined;
};

/** How the features of words (F_t) and of a picture (F_i) become the one vector F = f(F_t, F_i) that is searched with. */
export type FusionMethod =
  /** A trained network decides part by part of the features which of words and picture to trust ("this shirt, but in red"); equal weights leave it as decided, others lean it. Not every model has one. */
  | 'ATTENTION'
  /** Words are compared with the words of garments and the picture with their pictures; the weights say how much each counts. */
  | 'CONCATENATION'
  /** Words and picture are averaged into one vector that is compared with both sides of a garment, so that words find pictures. */
  | 'WEIGHTED_AVERAGE';

/** Everything given must hold; within one list any value may. Text is compared without regard to case. */
export type GarmentFilter = {
  /** By any of these makers. */
  brands?: Array<string> | null | undefined;
  /** Of any of these categories: "Casual Shoes". */
  categories?: Array<string> | null | undefined;
  /** Of any of these colours: "Navy Blue". */
  colors?: Array<string> | null | undefined;
  /** Priced in this currency, three letters of ISO 4217. Needed with a price bound where the catalog holds several. */
  currency?: string | null | undefined;
  /** None of these, for example what lies in the cart already. */
  excludeSkus?: Array<string> | null | undefined;
  /** Of any of these types. */
  garmentTypes?: Array<GarmentType> | null | undefined;
  /** Cut for any of these. */
  genders?: Array<Gender> | null | undefined;
  /** false: sold-out garments too. */
  inStockOnly?: boolean | null | undefined;
  /** Of any of these materials. */
  materials?: Array<string> | null | undefined;
  /** At this price or below; garments without a price are left out. */
  maxPrice?: string | null | undefined;
  /** At this price or above; garments without a price are left out. */
  minPrice?: string | null | undefined;
  /** That come in any of these sizes. */
  sizes?: Array<string> | null | undefined;
  /** With any of these keywords. */
  tags?: Array<string> | null | undefined;
  /** For any of these uses: "Sports". */
  usages?: Array<string> | null | undefined;
};

/** The ten kinds of garment that can be tried on and that the classifier head tells apart. */
export type GarmentType =
  /** Dresses of any length, and jumpsuits that are worn as one. */
  | 'DRESS'
  /** Hats, caps and beanies. */
  | 'HAT'
  /** Tops with long sleeves that are no shirts: sweaters, hoodies, long-sleeved tees. */
  | 'LONG_SLEEVE'
  /** Coats, jackets, blazers: what goes over everything else. */
  | 'OUTERWEAR'
  /** Trousers, jeans, leggings. */
  | 'PANTS'
  /** Shirts and blouses. */
  | 'SHIRT'
  /** All footwear, sandals and boots too. */
  | 'SHOES'
  /** Shorts. */
  | 'SHORTS'
  /** Skirts. */
  | 'SKIRT'
  /** T-shirts, polo shirts, tank tops. */
  | 'T_SHIRT';

/** Whom a garment is cut for. */
export type Gender =
  /** For boys. */
  | 'BOYS'
  /** For girls. */
  | 'GIRLS'
  /** For children of any gender. */
  | 'KIDS'
  /** Cut for men. */
  | 'MEN'
  /** For everyone. */
  | 'UNISEX'
  /** Cut for women. */
  | 'WOMEN';

/** A picture: exactly one of the fields is given. */
export type ImageInput = {
  /** The bytes of a JPEG, PNG, WebP, AVIF or GIF in base64, bare or as a data: URL; at most 10 MB. */
  base64?: string | null | undefined;
  /** A garment of the catalog: its own picture. */
  sku?: string | null | undefined;
  /** A file sent with the request. */
  upload?: Blob | null | undefined;
  /** An http(s) address of a public host, on its usual port; fetched by the server within 5 seconds, for the catalog with further tries within 30. */
  url?: string | null | undefined;
};

/** An exact amount of money. */
export type MoneyInput = {
  /** 0 or more, at most 4 decimals. */
  amount: string;
  /** Three letters of ISO 4217, in upper or lower case: "EUR". */
  currency: string;
};

/** Where in a look a garment is worn. */
export type OutfitSlot =
  /** Bags, watches, belts, ties, sunglasses, jewellery, scarves. */
  | 'ACCESSORY'
  /** Trousers, shorts, skirts. */
  | 'BOTTOM'
  /** Shoes of all kinds. */
  | 'FEET'
  /** Dresses, jumpsuits, saris: top and bottom in one. */
  | 'FULL_BODY'
  /** Hats, caps, headbands. */
  | 'HEAD'
  /** Coats, jackets, blazers, waistcoats: what is worn over the rest. */
  | 'OUTER'
  /** Shirts, T-shirts, sweaters, kurtas: what is worn above the waist. */
  | 'TOP';

/** A request. At least one of `text` and `image` is given; with both, the words change what the picture shows. */
export type RecommendOutfitInput = {
  /** What they do not want, in words; at most 1,000 characters. */
  avoid?: string | null | undefined;
  /** 0: purely the best matches; 1: as varied as the catalog allows. */
  diversity?: number | null | undefined;
  /** Which garments may come up at all. */
  filter?: GarmentFilter | null | undefined;
  /** How words and picture are weighed. */
  fusion?: FusionInput | null | undefined;
  /** A garment that they like. */
  image?: ImageInput | null | undefined;
  /** An opaque id that the storefront gives a shopper, at most 200 characters: what they did with earlier answers (`recordFeedback`) then shapes this one. Kept as a keyed hash only. */
  shopper?: string | null | undefined;
  /** What the shopper wants: kind, colour, style, material, occasion; English or Chinese, at most 1,000 characters. */
  text?: string | null | undefined;
};

/** How good an answer the catalog could give. */
export type RecommendationStatus =
  /** The filter leaves no garment at all. */
  | 'EMPTY'
  /** At least as many good matches as were asked for. */
  | 'OK'
  /** Good matches, but fewer than were asked for. */
  | 'PARTIAL'
  /** Nothing in the catalog comes close to what was asked; the ranking is of the nearest there is. */
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