// Written by `npm run snapshot` from documents/ and the schema. Not edited by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How much one part of a score counts. */
export type ContributionWeightInput = {
  /** What it is multiplied by, −100 to 100; 1 as it counts by itself, 0 not at all. */
  factor: number;
  /** Its name: textSimilarity, imageSimilarity, garmentType, category, color, gender, usage, lexical, avoid, shopper. */
  name: string;
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

/** What golden queries were run for. */
export type GoldenOccasion =
  /** Once a day, where no other run was made. */
  | 'DAILY'
  /** An import had ended. */
  | 'IMPORT'
  /** Another model had taken over. */
  | 'SWITCH';

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

/** Other settings for a past request; what is absent stays as it is. */
export type WhatIfInput = {
  /** 0: purely the best matches; 1: as varied as the catalog allows. */
  diversity?: number | null | undefined;
  /** How words and picture are weighed. */
  fusion?: FusionInput | null | undefined;
  /** false: without the weights that the store has learned. */
  learned?: boolean | null | undefined;
  /** A model that the catalog is embedded with, by its folder: the one that answers, or the one that is kept beside it. Not for requests with a picture, since pictures are not kept. */
  model?: string | null | undefined;
  /** false: without the merchant’s rules. */
  rules?: boolean | null | undefined;
  /** How strongly the shopper’s taste counts: 0 not at all, 1 as it does by itself, 2 at most. */
  taste?: number | null | undefined;
  /** Factors of the parts of a score, in place of learned weights. What they change stands in the contribution `learned`. */
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