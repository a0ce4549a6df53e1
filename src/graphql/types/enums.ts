// The enums of the schema, made from the domain's own lists so that neither can gain a value alone.
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
  DRESS: 'Dresses of any length, and jumpsuits that are worn as one.',
  HAT: 'Hats, caps and beanies.',
  LONG_SLEEVE: 'Tops with long sleeves that are no shirts: sweaters, hoodies, long-sleeved tees.',
  OUTERWEAR: 'Coats, jackets, blazers: what goes over everything else.',
  PANTS: 'Trousers, jeans, leggings.',
  SHIRT: 'Shirts and blouses.',
  SHOES: 'All footwear, sandals and boots too.',
  SHORTS: 'Shorts.',
  SKIRT: 'Skirts.',
  T_SHIRT: 'T-shirts, polo shirts, tank tops.',
};

const genders: Record<Gender, string> = {
  MEN: 'Cut for men.',
  WOMEN: 'Cut for women.',
  BOYS: 'For boys.',
  GIRLS: 'For girls.',
  KIDS: 'For children of any gender.',
  UNISEX: 'For everyone.',
};

const slots: Record<OutfitSlot, string> = {
  HEAD: 'Hats, caps, headbands.',
  TOP: 'Shirts, T-shirts, sweaters, kurtas: what is worn above the waist.',
  BOTTOM: 'Trousers, shorts, skirts.',
  FULL_BODY: 'Dresses, jumpsuits, saris: top and bottom in one.',
  OUTER: 'Coats, jackets, blazers, waistcoats: what is worn over the rest.',
  FEET: 'Shoes of all kinds.',
  ACCESSORY: 'Bags, watches, belts, ties, sunglasses, jewellery, scarves.',
};

const shortfalls: Record<ShortfallCode, string> = {
  NO_MATCH: 'Matches that a look can be built on: there is none, or each is in a look already.',
  BUDGET: 'The budget.',
  CATALOG: 'Garments that make a further whole look.',
};

const languages: Record<Language, string> = {
  EN: 'English.',
  ZH: 'Chinese.',
};

const methods: Record<FusionMethod, string> = {
  CONCATENATION:
    'Words are compared with the words of garments and the picture with their pictures; the weights say how much each counts.',
  WEIGHTED_AVERAGE:
    'Words and picture are averaged into one vector that is compared with both sides of a garment, so that words find pictures.',
  ATTENTION:
    'A trained network decides part by part of the features which of words and picture to trust ("this shirt, but in red"); ' +
    'equal weights leave it as decided, others lean it. Not every model has one.',
};

const statuses: Record<RecommendationStatus, string> = {
  OK: 'At least as many good matches as were asked for.',
  PARTIAL: 'Good matches, but fewer than were asked for.',
  WEAK: 'Nothing in the catalog comes close to what was asked; the ranking is of the nearest there is.',
  EMPTY: 'The filter leaves no garment at all.',
};

const formats: Record<CatalogFormat, string> = {
  GOOGLE_PRODUCTS:
    'A Google product feed: a table in text (tabs, commas or semicolons), RSS 2.0 or Atom. Items of one item_group_id and colour that follow each other are one garment in their sizes, with the sku `item_group_id/color`; an item without group keeps its id.',
  SHOPIFY_CSV:
    "A Shopify product export. Each colour of a product is one garment in its sizes, with the sku `handle/color`; a product without colours keeps its handle. Needs the input's currency.",
  JSON_LINES: "One GarmentInput a line, with the API's own field names; pictures as url, base64 or sku.",
  IMAGE_TAR:
    'A tar with metadata.jsonl and the pictures that it names: lines of GarmentInput with `image` as a file name, or of the public data sets.',
};

const states: Record<JobState, string> = {
  QUEUED: 'Waits for a worker.',
  RUNNING: 'Is under way.',
  SUCCEEDED: 'Ran to its end; single rows of an import may have failed.',
  FAILED: 'Ended without what was asked for: of an import the error of row 0 says why, of a re-embedding its error.',
  CANCELLED: 'Was called off or taken back; what an import had stored by then stays.',
};

const phases: Record<ReembeddingPhase, string> = {
  EMBEDDING: 'The new model embeds the catalog, while the present one answers.',
  INDEXING: 'The new vectors’ index is built.',
  COMPARING: 'Both models answer the same requests, for the report.',
  HELD: 'The report is under `minOverlap`: `finishReembedding` switches all the same, `endReembedding` gives it up.',
  SWITCHING: 'What was changed meanwhile is embedded; the switch comes as soon as nothing is missing.',
  SWITCHED: 'The new model answers. The one before is kept up beside it, for `rollbackReembedding`.',
  ROLLED_BACK: 'The model before answers again. The new one is kept up beside it, for `finishReembedding`.',
  ENDED: 'Only the vectors of the model that answers are kept.',
};

const roles: Record<ApiKeyRole, string> = {
  STOREFRONT: 'Asks for recommendations and reads the catalog: for a shop’s pages and apps.',
  MERCHANT: 'What a storefront may, and changes the catalog and sees how it is doing.',
  ANALYST: 'Reads everything, changes nothing.',
  ADMIN: 'All of its store, keys too.',
};

const actions: Record<RuleAction, string> = {
  BOOST: 'Adds its strength to their scores, as the contribution `boost`.',
  BURY: 'Takes its strength from their scores, as the contribution `bury`.',
  PIN: 'They come up first, near or not, as far as the filter of the request lets them through; 20 in all.',
  HIDE: 'They come up in no recommendation, no search by words and no `similar`. By sku and by browsing they are still there.',
};

registerEnumType(GarmentTypeEnum, {
  name: 'GarmentType',
  description: 'The ten kinds of garment that can be tried on and that the classifier head tells apart.',
  valuesConfig: described(types),
});
registerEnumType(GenderEnum, {
  name: 'Gender',
  description: 'Whom a garment is cut for.',
  valuesConfig: described(genders),
});
registerEnumType(FusionMethodEnum, {
  name: 'FusionMethod',
  description:
    'How the features of words (F_t) and of a picture (F_i) become the one vector F = f(F_t, F_i) that is searched with.',
  valuesConfig: described(methods),
});
registerEnumType(RecommendationStatusEnum, {
  name: 'RecommendationStatus',
  description: 'How good an answer the catalog could give.',
  valuesConfig: described(statuses),
});
registerEnumType(OutfitSlotEnum, {
  name: 'OutfitSlot',
  description: 'Where in a look a garment is worn.',
  valuesConfig: described(slots),
});
registerEnumType(ShortfallCodeEnum, {
  name: 'OutfitShortfallCode',
  description: 'What there is not enough of for as many looks as were asked for.',
  valuesConfig: described(shortfalls),
});
registerEnumType(LanguageEnum, {
  name: 'Language',
  description: 'A language that shoppers are spoken to in.',
  valuesConfig: described(languages),
});
registerEnumType(ApiKeyRoleEnum, {
  name: 'ApiKeyRole',
  description: 'What a key is for, and so what its holder may do in the key’s store.',
  valuesConfig: described(roles),
});
registerEnumType(ReembeddingPhaseEnum, {
  name: 'ReembeddingPhase',
  description: 'Where a switch from one model to another stands.',
  valuesConfig: described(phases),
});

registerEnumType(CatalogFormatEnum, {
  name: 'CatalogFormat',
  description: 'What a catalog file is in. Any of them may be packed with gzip.',
  valuesConfig: described(formats),
});
registerEnumType(JobStateEnum, {
  name: 'JobState',
  description: 'How far work is that goes on after its request has been answered.',
  valuesConfig: described(states),
});
registerEnumType(RuleActionEnum, {
  name: 'MerchandisingAction',
  description: 'What a rule does with the garments that it is about.',
  valuesConfig: described(actions),
});

function enumOf<Value extends string>(values: readonly Value[]): Enum<Value> {
  return Object.fromEntries(values.map((value) => [value, value])) as Enum<Value>;
}

function described<Value extends string>(descriptions: Record<Value, string>): Record<Value, { description: string }> {
  const entries = Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]);
  return Object.fromEntries(entries) as Record<Value, { description: string }>;
}

const deeds: Record<FeedbackKind, string> = {
  VIEW: 'The garment was on the screen.',
  CLICK: 'Its page was opened.',
  TRY_ON: 'It was tried on.',
  CART: 'It was put into the cart.',
  PURCHASE: 'It was bought.',
  DISMISS: 'It was waved away.',
};

registerEnumType(FeedbackKindEnum, {
  name: 'FeedbackKind',
  description: 'What a shopper did with a garment.',
  valuesConfig: described(deeds),
});

const occasions: Record<GoldenOccasion, string> = {
  DAILY: 'Once a day, where no other run was made.',
  IMPORT: 'An import had ended.',
  SWITCH: 'Another model had taken over.',
};

registerEnumType(GoldenOccasionEnum, {
  name: 'GoldenOccasion',
  description: 'What golden queries were run for.',
  valuesConfig: described(occasions),
});
