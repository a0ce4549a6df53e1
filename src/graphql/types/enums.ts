// GraphQL enums, generated from the value lists of the domain.
import { registerEnumType } from 'type-graphql';
import { API_KEY_ROLES, type ApiKeyRole } from '../../domain/access/caller.js';
import { CATALOG_FORMATS, type CatalogFormat } from '../../domain/catalog/catalog.import.js';
import { FEEDBACK_KINDS, type FeedbackKind } from '../../domain/recommend/feedback.js';
import { GOLDEN_OCCASIONS, type GoldenOccasion } from '../../domain/analytics/golden.query.js';
import { FUSION_METHODS, type FusionMethod } from '../../domain/recommend/fusion.js';
import { GARMENT_TYPES, GENDERS, type GarmentType, type Gender } from '../../domain/catalog/garment.js';
import { LANGUAGES, type Language } from '../../domain/text/language.js';
import { SHORTFALL_CODES, type ShortfallCode } from '../../domain/outfit/shortfall.js';
import { OUTFIT_SLOTS, type OutfitSlot } from '../../domain/outfit/slot.js';
import { RULE_ACTIONS, type RuleAction } from '../../domain/recommend/merchandising.rule.js';
import { JOB_STATES, type JobState } from '../../domain/jobs/job.js';
import { RECOMMENDATION_STATUSES, type RecommendationStatus } from '../../domain/recommend/recommendation.js';
import { REEMBEDDING_PHASES, type ReembeddingPhase } from '../../domain/jobs/reembedding.js';

type Enum<Value extends string> = Record<Value, Value>;

export const GarmentTypeEnum = enumOf(GARMENT_TYPES);
export const GenderEnum = enumOf(GENDERS);
export const OutfitSlotEnum = enumOf(OUTFIT_SLOTS);
export const ShortfallCodeEnum = enumOf(SHORTFALL_CODES);
export const LanguageEnum = enumOf(LANGUAGES);
export const FusionMethodEnum = enumOf(FUSION_METHODS);
export const RecommendationStatusEnum = enumOf(RECOMMENDATION_STATUSES);
export const FeedbackKindEnum = enumOf(FEEDBACK_KINDS);
export const GoldenOccasionEnum = enumOf(GOLDEN_OCCASIONS);
export const CatalogFormatEnum = enumOf(CATALOG_FORMATS);
export const JobStateEnum = enumOf(JOB_STATES);
export const ApiKeyRoleEnum = enumOf(API_KEY_ROLES);
export const RuleActionEnum = enumOf(RULE_ACTIONS);
export const ReembeddingPhaseEnum = enumOf(REEMBEDDING_PHASES);

const types: Record<GarmentType, string> = {
  DRESS: 'Dresses of any length, and jumpsuits.',
  HAT: 'Hats, caps and beanies.',
  LONG_SLEEVE: 'Tops with long sleeves that are not shirts, such as sweaters, hoodies and long-sleeved tees.',
  OUTERWEAR: 'Outer layers such as coats, jackets and blazers.',
  PANTS: 'Trousers, jeans and leggings.',
  SHIRT: 'Shirts and blouses.',
  SHOES: 'All footwear, including sandals and boots.',
  SHORTS: 'Shorts.',
  SKIRT: 'Skirts.',
  T_SHIRT: 'T-shirts, polo shirts and tank tops.',
};

const genders: Record<Gender, string> = {
  MEN: 'Made for men.',
  WOMEN: 'Made for women.',
  BOYS: 'Made for boys.',
  GIRLS: 'Made for girls.',
  KIDS: 'Made for children of any gender.',
  UNISEX: 'Made for everyone.',
};

const slots: Record<OutfitSlot, string> = {
  HEAD: 'Hats, caps and headbands.',
  TOP: 'Garments worn above the waist, such as shirts, T-shirts, sweaters and kurtas.',
  BOTTOM: 'Trousers, shorts and skirts.',
  FULL_BODY: 'Garments that are top and bottom in one, such as dresses, jumpsuits and saris.',
  OUTER: 'Garments worn over the others, such as coats, jackets, blazers and waistcoats.',
  FEET: 'Shoes of all kinds.',
  ACCESSORY: 'Bags, watches, belts, ties, sunglasses, jewelry and scarves.',
};

const shortfalls: Record<ShortfallCode, string> = {
  NO_MATCH: 'No match can start another outfit: there is none, or each is already in an outfit.',
  BUDGET: 'The budget is too low for another outfit.',
  CATALOG: 'The catalog has no garments to complete another outfit.',
};

const languages: Record<Language, string> = {
  EN: 'English.',
  ZH: 'Chinese.',
};

const methods: Record<FusionMethod, string> = {
  CONCATENATION:
    'Compares the text with the texts of garments and the picture with their pictures. The weights set the ' +
    'share of each.',
  WEIGHTED_AVERAGE:
    'Averages text and picture into one vector and compares it with the text and picture of each garment, so a ' +
    'text can also find pictures.',
  ATTENTION:
    'A trained network weights text and picture separately for each part of the features. Equal weights keep ' +
    'its balance; other weights shift it. Not every model supports this method.',
};

const statuses: Record<RecommendationStatus, string> = {
  OK: 'The catalog has at least as many good matches as requested.',
  PARTIAL: 'The catalog has good matches, but fewer than requested.',
  WEAK: 'No garment is close to the request. The ranking shows the nearest garments as alternatives.',
  EMPTY: 'No garment matches the filter.',
};

const formats: Record<CatalogFormat, string> = {
  GOOGLE_PRODUCTS:
    'A Google product feed as a text table, RSS 2.0 or Atom. Consecutive items of the same item_group_id and ' +
    'color become one garment with several sizes and the SKU `item_group_id/color`; an item without a group ' +
    'keeps its ID.',
  SHOPIFY_CSV:
    'A Shopify product export; the input needs `currency`. Each color of a product becomes one garment with ' +
    'its sizes and the SKU `handle/color`; a product without colors keeps its handle.',
  JSON_LINES: 'One GarmentInput per line as JSON, with the field names of the API. Pictures are url, base64 or sku.',
  IMAGE_TAR:
    'A tar archive with metadata.jsonl and the pictures it names. Each line is a GarmentInput with a file name ' +
    'as `image`, or a row of the supported public data sets.',
};

const states: Record<JobState, string> = {
  QUEUED: 'The job waits for a worker.',
  RUNNING: 'A worker runs the job.',
  SUCCEEDED: 'The job is complete. Single rows of an import may have failed.',
  FAILED: 'The job failed. An import reports the reason as the error of row 0, a re-embedding in its `error`.',
  CANCELLED: 'The job was canceled or rolled back. Garments that an import had already stored remain.',
};

const phases: Record<ReembeddingPhase, string> = {
  EMBEDDING: 'The new model embeds the catalog while the active model serves requests.',
  INDEXING: 'The index of the new embeddings is being built.',
  COMPARING: 'Both models answer the same requests for the report.',
  HELD:
    'The overlap in the report is below `minOverlap`. `finishReembedding` switches anyway; `endReembedding` ' +
    'stops the switch.',
  SWITCHING: 'Garments that changed meanwhile are being embedded. The switch follows when no embedding is missing.',
  SWITCHED: 'The new model is active. The previous model stays on standby for `rollbackReembedding`.',
  ROLLED_BACK: 'The previous model is active again. The new model stays on standby for `finishReembedding`.',
  ENDED: 'Only the embeddings of the active model remain.',
};

const roles: Record<ApiKeyRole, string> = {
  STOREFRONT: 'Gets recommendations and reads the catalog. For the pages and apps of a shop.',
  MERCHANT: 'Can do everything that STOREFRONT can, write the catalog and read catalog reports.',
  ANALYST: 'Can read everything and write nothing.',
  ADMIN: 'Has full access to its store, including API keys.',
};

const actions: Record<RuleAction, string> = {
  BOOST: 'Adds the strength of the rule to the score, as the contribution `boost`.',
  BURY: 'Subtracts the strength of the rule from the score, as the contribution `bury`.',
  PIN:
    'Ranks the garments first, whatever their score, if they match the filter of the request. At most 20 ' +
    'garments are pinned.',
  HIDE:
    'Removes the garments from recommendations, text search and `similar`. They can still be found by SKU and by ' +
    'browsing.',
};

registerEnumType(GarmentTypeEnum, {
  name: 'GarmentType',
  description: 'The ten garment types that shoppers can try on and the classifier can recognize.',
  valuesConfig: withDescriptions(types),
});
registerEnumType(GenderEnum, {
  name: 'Gender',
  description: 'Gender that a garment is made for.',
  valuesConfig: withDescriptions(genders),
});
registerEnumType(FusionMethodEnum, {
  name: 'FusionMethod',
  description:
    'Method that combines the text features (F_t) and the picture features (F_i) into one query vector F = ' +
    'f(F_t, F_i).',
  valuesConfig: withDescriptions(methods),
});
registerEnumType(RecommendationStatusEnum, {
  name: 'RecommendationStatus',
  description: 'Quality of a recommendation.',
  valuesConfig: withDescriptions(statuses),
});
registerEnumType(OutfitSlotEnum, {
  name: 'OutfitSlot',
  description: 'Part of the body or outfit that a garment covers.',
  valuesConfig: withDescriptions(slots),
});
registerEnumType(ShortfallCodeEnum, {
  name: 'OutfitShortfallCode',
  description: 'Reason why there are fewer outfits than requested.',
  valuesConfig: withDescriptions(shortfalls),
});
registerEnumType(LanguageEnum, {
  name: 'Language',
  description: 'Language of messages for shoppers.',
  valuesConfig: withDescriptions(languages),
});
registerEnumType(ApiKeyRoleEnum, {
  name: 'ApiKeyRole',
  description: 'Role of an API key, which decides what its holder may do in its store.',
  valuesConfig: withDescriptions(roles),
});
registerEnumType(ReembeddingPhaseEnum, {
  name: 'ReembeddingPhase',
  description: 'Phase of a switch from one model to another.',
  valuesConfig: withDescriptions(phases),
});

registerEnumType(CatalogFormatEnum, {
  name: 'CatalogFormat',
  description: 'Format of a catalog file. Every format can be gzipped.',
  valuesConfig: withDescriptions(formats),
});
registerEnumType(JobStateEnum, {
  name: 'JobState',
  description: 'State of a background job.',
  valuesConfig: withDescriptions(states),
});
registerEnumType(RuleActionEnum, {
  name: 'MerchandisingAction',
  description: 'Effect of a merchandising rule on its garments.',
  valuesConfig: withDescriptions(actions),
});

function enumOf<Value extends string>(values: readonly Value[]): Enum<Value> {
  return Object.fromEntries(values.map((value) => [value, value])) as Enum<Value>;
}

function withDescriptions<Value extends string>(
  descriptions: Record<Value, string>,
): Record<Value, { description: string }> {
  const entries = Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(entries) as Record<Value, { description: string }>;
}

const feedbackKinds: Record<FeedbackKind, string> = {
  VIEW: 'The garment was visible on the screen.',
  CLICK: 'The shopper opened the page of the garment.',
  TRY_ON: 'The shopper tried the garment on.',
  CART: 'The shopper put the garment into the cart.',
  PURCHASE: 'The shopper bought the garment.',
  DISMISS: 'The shopper dismissed the garment.',
};

registerEnumType(FeedbackKindEnum, {
  name: 'FeedbackKind',
  description: 'Action of a shopper on a garment.',
  valuesConfig: withDescriptions(feedbackKinds),
});

const occasions: Record<GoldenOccasion, string> = {
  DAILY: 'The daily run, if there was no other run that day.',
  IMPORT: 'A run after an import.',
  SWITCH: 'A run after a switch to another model.',
};

registerEnumType(GoldenOccasionEnum, {
  name: 'GoldenOccasion',
  description: 'Reason for a run of the golden queries.',
  valuesConfig: withDescriptions(occasions),
});
