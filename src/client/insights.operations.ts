// Written by `npm run snapshot` from documents/ and the schema. Not edited by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A factor for one score contribution. */
export type ContributionWeightInput = {
  /** Factor of the contribution, −100 to 100. 1 keeps it; 0 removes it. */
  factor: number;
  /** Name of the contribution: textSimilarity, imageSimilarity, garmentType, category, color, gender, usage, lexical, avoid, shopper. */
  name: string;
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

/** Reason for a run of the golden queries. */
export type GoldenOccasion =
  /** The daily run, if there was no other run that day. */
  | 'DAILY'
  /** A run after an import. */
  | 'IMPORT'
  /** A run after a switch to another model. */
  | 'SWITCH';

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

/** Other settings for a logged request. An absent field keeps the present setting. */
export type WhatIfInput = {
  /** Variety of the ranking, 0 to 1. 0 shows the best matches only; 1 is as varied as the catalog allows. */
  diversity?: number | null | undefined;
  /** Options that combine text and picture. */
  fusion?: FusionInput | null | undefined;
  /** `false` ranks without the learned weights of the store. */
  learned?: boolean | null | undefined;
  /** Directory name of a model that the catalog is embedded with: the active or the standby model. Not allowed for requests with a picture, because pictures are not stored. */
  model?: string | null | undefined;
  /** `false` ranks without the merchandising rules. */
  rules?: boolean | null | undefined;
  /** Strength of the shopper profile, 0 to 2. 0 ignores the profile; 1 is the normal strength. */
  taste?: number | null | undefined;
  /** Factors of score contributions, used instead of the learned weights. The contribution `learned` holds their effect. */
  weights?: Array<ContributionWeightInput> | null | undefined;
};

export type AnswerStatusesQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type AnswerStatusesQuery = { insights: { recommendations: { nodes: Array<{ id: string, text: string | null, hadImage: boolean, status: RecommendationStatus, latencyMs: number }>, pageInfo: { hasNextPage: boolean } } } };

export type AskAgainQueryVariables = Exact<{
  input: RecommendOutfitInput;
}>;


export type AskAgainQuery = { recommendOutfit: { id: string, status: RecommendationStatus, query: { colors: Array<string>, garmentTypes: Array<{ garmentType: GarmentType, probability: number }> }, garments: { edges: Array<{ rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null }, explanation: { reasons: Array<string>, contributions: Array<{ name: string, value: number }> } }> } } };

export type CatalogDoubtsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CatalogDoubtsQuery = { insights: { catalogDoubts: { examined: number, endCursor: string | null, doubts: Array<{ code: string, message: string, garment: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null }, twin: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null } | null }> } } };

export type CatalogNumbersQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogNumbersQuery = { insights: { catalog: { garments: number, inStock: number, embedded: number, byGarmentType: Array<{ value: string, count: number }>, byColor: Array<{ value: string, count: number }> } } };

export type CoverageQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  neverShown?: number;
}>;


export type CoverageQuery = { insights: { coverage: { garments: number, shown: number, showings: number, gini: number, topTenth: number, neverShown: Array<{ sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null }> } } };

export type DriftQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type DriftQuery = { insights: { drift: Array<{ week: string, requests: number, requestShift: number | null, garmentsAdded: number, catalogShift: number | null, asked: Array<{ kind: string, share: number, earlier: number }> }> } };

export type EmbeddingMapQueryVariables = Exact<{
  sample?: number;
}>;


export type EmbeddingMapQuery = { insights: { embeddingMap: Array<{ sku: string, title: string, x: number, y: number, garmentType: GarmentType | null, category: string | null, color: string | null, gender: Gender | null, usage: string | null, inStock: boolean }> } };

export type EngagementByRankQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type EngagementByRankQuery = { insights: { engagementByRank: Array<{ rank: number, shown: number, views: number, clicks: number, tryOns: number, carts: number, purchases: number, dismissals: number, clickRate: { value: number, low: number, high: number } }> } };

export type EngagementByTypeQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type EngagementByTypeQuery = { insights: { engagementByGarmentType: Array<{ garmentType: GarmentType | null, shown: number, views: number, clicks: number, tryOns: number, carts: number, purchases: number, dismissals: number, clickRate: { value: number, low: number, high: number } }> } };

export type EngagementQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type EngagementQuery = { insights: { engagement: Array<{ day: string, recommendations: number, views: number, clicks: number, tryOns: number, carts: number, purchases: number, dismissals: number }> } };

export type ExperimentsQueryVariables = Exact<{ [key: string]: never; }>;


export type ExperimentsQuery = { experiments: Array<{ id: string, name: string, startedAt: string, endedAt: string | null, variants: Array<{ name: string, weight: number, answers: number, shoppers: number, settings: { diversity: number | null, fusion: FusionMethod | null, textWeight: number | null, imageWeight: number | null, taste: number | null, learned: boolean | null }, rates: Array<{ kind: FeedbackKind, shoppers: number, rate: number, low: number, high: number, difference: { difference: number, low: number, high: number } | null }> }> }> };

export type GoldenRunsQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type GoldenRunsQuery = { insights: { goldenRuns: Array<{ at: string, occasion: GoldenOccasion, model: string, queries: number, passed: number, change: { wins: Array<{ name: string, sku: string }>, losses: Array<{ name: string, sku: string }> } | null }> } };

export type ModelHistoryQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelHistoryQuery = { insights: { modelHistory: Array<{ model: string, trainedAt: string | null, evaluatedAt: string | null, metrics: Array<{ name: string, value: number, low: number | null, high: number | null, rows: number }> }> } };

export type ModelReportQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelReportQuery = { model: { id: string, dimensions: number, executionProvider: string, textEncoder: string, imageEncoder: string, fusionMethods: Array<FusionMethod> }, insights: { modelReport: { model: string, trainedAt: string | null, evaluatedAt: string | null, confusions: Array<{ output: string, label: string, takenFor: string, count: number, rows: number }>, metrics: Array<{ name: string, value: number, low: number | null, high: number | null, rows: number }> } } };

export type OneGarmentQueryVariables = Exact<{
  sku: string;
}>;


export type OneGarmentQuery = { garment: { brand: string | null, category: string | null, gender: Gender | null, usage: string | null, material: string | null, inStock: boolean, description: string | null, sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null, price: { amount: string, currency: string } | null } | null };

export type PastAnswerQueryVariables = Exact<{
  id: string;
}>;


export type PastAnswerQuery = { experiments: Array<{ id: string, name: string }>, model: { fusionMethods: Array<FusionMethod> }, insights: { recommendation: { id: string, at: string, text: string | null, avoid: string | null, hadImage: boolean, diversity: number, status: RecommendationStatus, latencyMs: number, shownSkus: Array<string>, latencyByStage: Array<{ stage: string, latencyMs: number }>, experiments: Array<{ experiment: string, variant: string }>, query: { model: string, fusion: FusionMethod, textWeight: number, imageWeight: number, colors: Array<string>, garmentTypes: Array<{ garmentType: GarmentType, probability: number }> }, shown: Array<{ rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null }, explanation: { reasons: Array<string>, contributions: Array<{ name: string, value: number, detail: string | null }> } }>, feedback: Array<{ sku: string, kind: FeedbackKind, at: string }> } | null } };

export type PastAnswersQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type PastAnswersQuery = { insights: { recommendations: { nodes: Array<{ id: string, at: string, text: string | null, hadImage: boolean, status: RecommendationStatus, latencyMs: number, shownSkus: Array<string>, feedback: Array<{ kind: FeedbackKind }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type PicturedGarmentFragment = { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null };

export type PlacedAnswerQueryVariables = Exact<{
  id: string;
}>;


export type PlacedAnswerQuery = { insights: { recommendation: { id: string, at: string, text: string | null, hadImage: boolean, shownSkus: Array<string>, mapPosition: { x: number, y: number } | null } | null } };

export type PlacedAnswerFragment = { id: string, at: string, text: string | null, hadImage: boolean, shownSkus: Array<string>, mapPosition: { x: number, y: number } | null };

export type PlacedAnswersQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type PlacedAnswersQuery = { insights: { recommendations: { nodes: Array<{ id: string, at: string, text: string | null, hadImage: boolean, shownSkus: Array<string>, mapPosition: { x: number, y: number } | null }> } } };

export type ReplayQueryVariables = Exact<{
  id: string;
  first?: number;
}>;


export type ReplayQuery = { insights: { recommendation: { replay: { identical: boolean, changes: Array<string>, edges: Array<{ rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null } }> } } | null } };

export type RankedGarmentFragment = { rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null } };

export type SearchGapsQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  first?: number;
}>;


export type SearchGapsQuery = { insights: { searchGaps: Array<{ text: string, count: number, bestSimilarity: number, texts: Array<string>, recommendationId: string }> } };

export type WhatIfQueryVariables = Exact<{
  id: string;
  settings: WhatIfInput;
  first?: number;
}>;


export type WhatIfQuery = { insights: { recommendation: { whatIf: { overlap: number, rankCorrelation: number, query: { fusion: FusionMethod, textWeight: number, imageWeight: number }, moves: Array<{ sku: string, from: number | null, to: number | null }>, edges: Array<{ rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null } }>, baseline: Array<{ rank: number, score: number, node: { sku: string, title: string, garmentType: GarmentType | null, color: string | null, imageUrl: string | null } }> } } | null } };

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
export const PlacedAnswerFragmentDoc = new TypedDocumentString(`
    fragment PlacedAnswer on RecommendationLog {
  id
  at
  text
  hadImage
  shownSkus
  mapPosition {
    x
    y
  }
}
    `, {"fragmentName":"PlacedAnswer"}) as unknown as TypedDocumentString<PlacedAnswerFragment, unknown>;
export const PicturedGarmentFragmentDoc = new TypedDocumentString(`
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}
    `, {"fragmentName":"PicturedGarment"}) as unknown as TypedDocumentString<PicturedGarmentFragment, unknown>;
export const RankedGarmentFragmentDoc = new TypedDocumentString(`
    fragment RankedGarment on RecommendedGarmentEdge {
  rank
  score
  node {
    ...PicturedGarment
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`, {"fragmentName":"RankedGarment"}) as unknown as TypedDocumentString<RankedGarmentFragment, unknown>;
export const AnswerStatusesDocument = new TypedDocumentString(`
    query AnswerStatuses($from: DateTime, $to: DateTime) {
  insights {
    recommendations(first: 100, from: $from, to: $to) {
      nodes {
        id
        text
        hadImage
        status
        latencyMs
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AnswerStatusesQuery, AnswerStatusesQueryVariables>;
export const AskAgainDocument = new TypedDocumentString(`
    query AskAgain($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    id
    status
    query {
      garmentTypes {
        garmentType
        probability
      }
      colors
    }
    garments(first: 12) {
      edges {
        rank
        score
        node {
          ...PicturedGarment
        }
        explanation {
          reasons
          contributions {
            name
            value
          }
        }
      }
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`) as unknown as TypedDocumentString<AskAgainQuery, AskAgainQueryVariables>;
export const CatalogDoubtsDocument = new TypedDocumentString(`
    query CatalogDoubts($after: String) {
  insights {
    catalogDoubts(after: $after) {
      doubts {
        code
        message
        garment {
          ...PicturedGarment
        }
        twin {
          ...PicturedGarment
        }
      }
      examined
      endCursor
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`) as unknown as TypedDocumentString<CatalogDoubtsQuery, CatalogDoubtsQueryVariables>;
export const CatalogNumbersDocument = new TypedDocumentString(`
    query CatalogNumbers {
  insights {
    catalog {
      garments
      inStock
      embedded
      byGarmentType {
        value
        count
      }
      byColor {
        value
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogNumbersQuery, CatalogNumbersQueryVariables>;
export const CoverageDocument = new TypedDocumentString(`
    query Coverage($from: DateTime, $to: DateTime, $neverShown: Int! = 24) {
  insights {
    coverage(from: $from, to: $to) {
      garments
      shown
      showings
      gini
      topTenth
      neverShown(first: $neverShown) {
        ...PicturedGarment
      }
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`) as unknown as TypedDocumentString<CoverageQuery, CoverageQueryVariables>;
export const DriftDocument = new TypedDocumentString(`
    query Drift($from: DateTime, $to: DateTime) {
  insights {
    drift(from: $from, to: $to) {
      week
      requests
      requestShift
      garmentsAdded
      catalogShift
      asked {
        kind
        share
        earlier
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DriftQuery, DriftQueryVariables>;
export const EmbeddingMapDocument = new TypedDocumentString(`
    query EmbeddingMap($sample: Int! = 50000) {
  insights {
    embeddingMap(sample: $sample) {
      sku
      title
      x
      y
      garmentType
      category
      color
      gender
      usage
      inStock
    }
  }
}
    `) as unknown as TypedDocumentString<EmbeddingMapQuery, EmbeddingMapQueryVariables>;
export const EngagementByRankDocument = new TypedDocumentString(`
    query EngagementByRank($from: DateTime, $to: DateTime) {
  insights {
    engagementByRank(from: $from, to: $to) {
      rank
      shown
      views
      clicks
      tryOns
      carts
      purchases
      dismissals
      clickRate {
        value
        low
        high
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EngagementByRankQuery, EngagementByRankQueryVariables>;
export const EngagementByTypeDocument = new TypedDocumentString(`
    query EngagementByType($from: DateTime, $to: DateTime) {
  insights {
    engagementByGarmentType(from: $from, to: $to) {
      garmentType
      shown
      views
      clicks
      tryOns
      carts
      purchases
      dismissals
      clickRate {
        value
        low
        high
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EngagementByTypeQuery, EngagementByTypeQueryVariables>;
export const EngagementDocument = new TypedDocumentString(`
    query Engagement($from: DateTime, $to: DateTime) {
  insights {
    engagement(from: $from, to: $to) {
      day
      recommendations
      views
      clicks
      tryOns
      carts
      purchases
      dismissals
    }
  }
}
    `) as unknown as TypedDocumentString<EngagementQuery, EngagementQueryVariables>;
export const ExperimentsDocument = new TypedDocumentString(`
    query Experiments {
  experiments {
    id
    name
    startedAt
    endedAt
    variants {
      name
      weight
      answers
      shoppers
      settings {
        diversity
        fusion
        textWeight
        imageWeight
        taste
        learned
      }
      rates {
        kind
        shoppers
        rate
        low
        high
        difference {
          difference
          low
          high
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExperimentsQuery, ExperimentsQueryVariables>;
export const GoldenRunsDocument = new TypedDocumentString(`
    query GoldenRuns($from: DateTime, $to: DateTime) {
  insights {
    goldenRuns(from: $from, to: $to) {
      at
      occasion
      model
      queries
      passed
      change {
        wins {
          name
          sku
        }
        losses {
          name
          sku
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GoldenRunsQuery, GoldenRunsQueryVariables>;
export const ModelHistoryDocument = new TypedDocumentString(`
    query ModelHistory {
  insights {
    modelHistory {
      model
      trainedAt
      evaluatedAt
      metrics {
        name
        value
        low
        high
        rows
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelHistoryQuery, ModelHistoryQueryVariables>;
export const ModelReportDocument = new TypedDocumentString(`
    query ModelReport {
  model {
    id
    dimensions
    executionProvider
    textEncoder
    imageEncoder
    fusionMethods
  }
  insights {
    modelReport {
      model
      trainedAt
      evaluatedAt
      confusions {
        output
        label
        takenFor
        count
        rows
      }
      metrics {
        name
        value
        low
        high
        rows
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelReportQuery, ModelReportQueryVariables>;
export const OneGarmentDocument = new TypedDocumentString(`
    query OneGarment($sku: String!) {
  garment(sku: $sku) {
    ...PicturedGarment
    brand
    category
    gender
    usage
    material
    inStock
    description
    price {
      amount
      currency
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`) as unknown as TypedDocumentString<OneGarmentQuery, OneGarmentQueryVariables>;
export const PastAnswerDocument = new TypedDocumentString(`
    query PastAnswer($id: ID!) {
  experiments {
    id
    name
  }
  model {
    fusionMethods
  }
  insights {
    recommendation(id: $id) {
      id
      at
      text
      avoid
      hadImage
      diversity
      status
      latencyMs
      latencyByStage {
        stage
        latencyMs
      }
      experiments {
        experiment
        variant
      }
      query {
        model
        fusion
        textWeight
        imageWeight
        colors
        garmentTypes {
          garmentType
          probability
        }
      }
      shownSkus
      shown {
        rank
        score
        node {
          ...PicturedGarment
        }
        explanation {
          reasons
          contributions {
            name
            value
            detail
          }
        }
      }
      feedback {
        sku
        kind
        at
      }
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}`) as unknown as TypedDocumentString<PastAnswerQuery, PastAnswerQueryVariables>;
export const PastAnswersDocument = new TypedDocumentString(`
    query PastAnswers($from: DateTime, $to: DateTime, $first: Int! = 25, $after: String) {
  insights {
    recommendations(first: $first, from: $from, to: $to, after: $after) {
      nodes {
        id
        at
        text
        hadImage
        status
        latencyMs
        shownSkus
        feedback {
          kind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PastAnswersQuery, PastAnswersQueryVariables>;
export const PlacedAnswerDocument = new TypedDocumentString(`
    query PlacedAnswer($id: ID!) {
  insights {
    recommendation(id: $id) {
      ...PlacedAnswer
    }
  }
}
    fragment PlacedAnswer on RecommendationLog {
  id
  at
  text
  hadImage
  shownSkus
  mapPosition {
    x
    y
  }
}`) as unknown as TypedDocumentString<PlacedAnswerQuery, PlacedAnswerQueryVariables>;
export const PlacedAnswersDocument = new TypedDocumentString(`
    query PlacedAnswers($from: DateTime, $to: DateTime) {
  insights {
    recommendations(first: 20, from: $from, to: $to) {
      nodes {
        ...PlacedAnswer
      }
    }
  }
}
    fragment PlacedAnswer on RecommendationLog {
  id
  at
  text
  hadImage
  shownSkus
  mapPosition {
    x
    y
  }
}`) as unknown as TypedDocumentString<PlacedAnswersQuery, PlacedAnswersQueryVariables>;
export const ReplayDocument = new TypedDocumentString(`
    query Replay($id: ID!, $first: Int! = 12) {
  insights {
    recommendation(id: $id) {
      replay(first: $first) {
        identical
        changes
        edges {
          ...RankedGarment
        }
      }
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}
fragment RankedGarment on RecommendedGarmentEdge {
  rank
  score
  node {
    ...PicturedGarment
  }
}`) as unknown as TypedDocumentString<ReplayQuery, ReplayQueryVariables>;
export const SearchGapsDocument = new TypedDocumentString(`
    query SearchGaps($from: DateTime, $to: DateTime, $first: Int! = 50) {
  insights {
    searchGaps(from: $from, to: $to, first: $first) {
      text
      count
      bestSimilarity
      texts
      recommendationId
    }
  }
}
    `) as unknown as TypedDocumentString<SearchGapsQuery, SearchGapsQueryVariables>;
export const WhatIfDocument = new TypedDocumentString(`
    query WhatIf($id: ID!, $settings: WhatIfInput!, $first: Int! = 12) {
  insights {
    recommendation(id: $id) {
      whatIf(settings: $settings, first: $first) {
        overlap
        rankCorrelation
        query {
          fusion
          textWeight
          imageWeight
        }
        moves {
          sku
          from
          to
        }
        edges {
          ...RankedGarment
        }
        baseline {
          ...RankedGarment
        }
      }
    }
  }
}
    fragment PicturedGarment on Garment {
  sku
  title
  garmentType
  color
  imageUrl(width: 256)
}
fragment RankedGarment on RecommendedGarmentEdge {
  rank
  score
  node {
    ...PicturedGarment
  }
}`) as unknown as TypedDocumentString<WhatIfQuery, WhatIfQueryVariables>;