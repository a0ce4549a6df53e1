// The one table of error codes. docs/errors.md lists the same codes, and a test holds the two together both ways.

/** Every code that a client can meet, with what it means. Codes never change their meaning; new ones may come. */
export const ERROR_CODES = {
  ARGUMENT_INVALID: 'An argument is not of the form that the schema describes.',
  QUERY_EMPTY: 'Neither words nor a picture were given.',
  TEXT_TOO_LONG: 'Words are longer than 1,000 characters.',
  TEXT_INVALID: 'A text holds the character 0 or half of a surrogate pair, which cannot be stored.',
  IMAGE_SOURCE_INVALID: 'Exactly one of upload, base64, url and sku names a picture.',
  IMAGE_EMPTY: 'The picture has no bytes.',
  IMAGE_TOO_LARGE:
    'The picture has more than 10 MB, more pixels than its format may have (25 million at most) or a side of more than 16,384.',
  IMAGE_TOO_COSTLY: 'The picture takes longer than 10 seconds to open, or is a JPEG of more than 64 scans.',
  IMAGE_FORMAT_UNSUPPORTED: 'The picture is not JPEG, PNG, WebP, AVIF or GIF.',
  PICTURES_BUSY: 'Too many pictures wait to be opened or fetched: try again in 5 seconds.',
  IMAGE_UNREADABLE: 'The bytes are no whole picture.',
  IMAGE_URL_REFUSED: 'The address is not an http(s) address of a public host on port 80 or 443.',
  IMAGE_URL_UNREACHABLE: 'The address did not answer with a picture within 5 seconds.',
  IMAGE_REQUIRED: 'A new garment needs a picture.',
  GARMENT_NOT_FOUND: 'The store has no garment of this sku, or none with a picture.',
  FUSION_WEIGHTS_INVALID: 'Fusion weights are finite, at least 0, and not both 0.',
  FUSION_METHOD_UNSUPPORTED:
    'The running model does not offer this fusion; `model { fusionMethods }` lists what it does.',
  FUSION_CANCELS_OUT: 'Words and picture cancel each other out under these weights.',
  DIVERSITY_INVALID: 'Diversity is between 0 and 1.',
  SHOPPER_INVALID: 'A shopper’s id has 1 to 200 characters, no control characters and no half of a surrogate pair.',
  PAGE_SIZE_INVALID: '`first` is between 1 and 100.',
  PERIOD_INVALID: 'A period begins before it ends, and lasts at most 400 days.',
  CURSOR_INVALID: 'The cursor is none that this field gave out.',
  PRICE_INVALID: 'An amount is at least 0, below 10,000,000,000, and has at most 4 decimals.',
  CURRENCY_UNKNOWN: 'The currency is no ISO 4217 code.',
  CURRENCY_NEEDED: 'The catalog holds several currencies: a price bound needs one of them.',
  TITLE_INVALID: 'A title has 1 to 500 characters, at least one of them visible, and no half of a surrogate pair.',
  SKU_INVALID:
    'A sku has 1 to 200 characters, at least one of them visible, no control characters and no half of a surrogate pair.',
  VALUE_TOO_LONG: 'A value or list is longer than the field takes.',
  PRODUCT_URL_INVALID: 'A product address is an http(s) address.',
  GARMENT_REFUSED: 'One of the garment’s values is more than the database or the model takes.',
  DUPLICATE_SKU: 'The same sku stands twice in one call or one file.',
  TOO_MANY_GARMENTS: 'One call takes 1 to 100 garments.',
  IDEMPOTENCY_KEY_INVALID: 'An idempotency key has 1 to 255 characters, none of them a control character.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key belongs to an earlier call that was given something else.',
  EXPECTED_SKUS_INVALID: 'A golden query expects at least one garment, and no more than it looks through.',
  TOO_MANY_GOLDEN_QUERIES: 'A store has at most 100 golden queries.',
  GOLDEN_QUERY_NOT_FOUND: 'The store has no golden query of this id.',
  RULE_TARGET_INVALID: 'A rule is about skus or about a filter that restricts something, one of both.',
  RULE_STRENGTH_INVALID: 'A strength is from 0.01 to 2, and only a boost and a bury have one.',
  RULE_PERIOD_INVALID: 'A rule ends after it starts.',
  TOO_MANY_RULES: 'A store has at most 100 merchandising rules.',
  RULE_NOT_FOUND: 'The store has no merchandising rule of this id.',
  EXPERIMENT_VARIANTS_INVALID: 'An experiment has 2 to 10 variants of different names, each with a weight above 0.',
  EXPERIMENT_VARIANTS_FIXED: 'An experiment that has begun keeps its variants: end it, and begin another.',
  EXPERIMENT_SETTINGS_INVALID: 'A variant’s settings are out of bounds, or none of the variants sets anything.',
  EXPERIMENT_OVERLAPS: 'An experiment that runs sets one of the same settings: end it first.',
  TOO_MANY_EXPERIMENTS: 'At most 10 experiments of a store run at once.',
  EXPERIMENT_NOT_FOUND: 'The store has no experiment of this id that runs.',
  LEARNED_RANKING_NOT_FOUND: 'The store has learned no ranking of this version for the running model.',
  KEPT_GARMENT_UNUSABLE:
    'A garment to be kept is sold out, left out by the filter, has no picture, or belongs to no look.',
  KEPT_GARMENTS_CLASH: 'Two garments to be kept cannot be in one look.',
  KEPT_OVER_BUDGET: 'The garments to be kept cost more than the budget, or have no price in its currency.',
  TOO_MANY_EVENTS: 'One call takes 1 to 100 events.',
  RECOMMENDATION_NOT_FOUND: 'The store keeps no answer of this id: it is none, or its time is over.',
  REQUEST_NOT_REPEATABLE: 'What was asked is not kept any more, or another model read its picture.',
  MODEL_NOT_EMBEDDED: 'The catalog is not embedded with this model.',
  WHAT_IF_INVALID: 'A setting that is tried is out of bounds, or no contribution has this name.',
  SKU_NOT_SHOWN: 'The answer did not show this garment.',
  SAMPLE_SIZE_INVALID: '`sample` is between 1 and 50,000.',
  MAP_NOT_DRAWN:
    'The map of this catalog has not been drawn yet: it is within a minute or two of its first garments, where a process runs jobs.',
  PICTURE_CONTRADICTS_WORDS: 'Warning: the picture shows another type than the words say.',
  NEAR_DUPLICATE: 'Warning: another sku has almost the same picture.',
  MODEL_UNKNOWN: 'There is no bundle of this name here; `fitroom models list` names those that there are.',
  MODEL_SERVES_ALREADY: 'The store is answered by this model already.',
  MODEL_UNUSABLE: 'The bundle cannot be used: it is damaged, does not run here, or cannot embed one of the garments.',
  REEMBEDDING_RUNNING: 'The store is on its way to another model already; `endReembedding` breaks that off.',
  REEMBEDDING_NOT_FOUND: 'The store has no re-embedding of this id.',
  REEMBEDDING_OVER:
    'The re-embedding is not in a state for this: the vectors that it needs are no longer kept, or not yet.',
  REEMBEDDING_INCOMPLETE:
    'The model lacks garments as they are now, so it cannot answer yet; `startReembedding` to it embeds what is missing.',
  GATE_NOT_MET: 'The new model’s answers differ more from the present ones than `minOverlap` allows.',
  IMPORT_SOURCE_INVALID: 'Exactly one of upload and url names the file to import.',
  IMPORT_TOO_LARGE: 'The file is larger than this server takes (FITROOM_MAX_IMPORT_MB), packed or unpacked.',
  IMPORT_EMPTY: 'The file has no bytes.',
  IMPORT_TOO_MANY_ROWS: 'One file holds at most 1,000,000 rows.',
  IMPORT_LIMIT_INVALID: 'A limit of rows is at least 1.',
  IMPORT_FORMAT_UNKNOWN: 'The file is in none of the formats that can be imported, or not in the one that was named.',
  IMPORT_CURRENCY_NEEDED: 'A Shopify export does not say what currency its prices are in: the import has to.',
  IMPORT_UNREADABLE: 'The file is not whole, or not what its format says.',
  IMPORT_XML_ENTITIES: 'The XML declares entities of its own, which are never expanded.',
  IMPORT_URL_REFUSED: 'The address of the file is not an http(s) address of a public host on port 80 or 443.',
  IMPORT_URL_UNREACHABLE: 'The address did not answer with the whole file.',
  IMPORT_NOT_FOUND: 'The store has no import of this id.',
  IMPORT_FINISHED: 'The import has ended already.',
  ROW_UNREADABLE: 'A row of an imported file is not of the form that its format has.',
  ROW_TOO_LONG: 'A row of an imported file has more than 1 MB.',
  NAME_INVALID:
    'A name has 1 to 200 characters, at least one of them visible, no control characters and no half of a surrogate pair.',
  API_KEY_NOT_FOUND: 'The store has no key of this id.',
  STORE_ID_INVALID: 'The id of a store has 1 to 63 lower-case letters, digits and hyphens, and begins with no hyphen.',
  STORE_EXISTS: 'There is a store of this id already.',
  STORE_UNKNOWN: 'There is no store of the id that the call, or its header `x-fitroom-store`, names.',
  STORE_IS_DEFAULT: 'The store `default` is the deployment’s own and is never deleted.',
  QUERY_TOO_COMPLEX: 'The operation asks for more than one request may.',
  NOT_FOUND: 'Nothing is served at this address.',
  METHOD_NOT_ALLOWED: 'The address takes other HTTP methods; the header `allow` names them.',
  REQUEST_INVALID: 'The address, the headers or the length of the request are malformed or cannot be satisfied.',
  REQUEST_TIMEOUT: 'The request did not arrive within a minute.',
  HEADERS_TOO_LARGE: 'The address and the headers have more than 16 kB.',
  BODY_INVALID: 'The body of the request is not what its content type says.',
  BODY_TOO_LARGE:
    'The body has more than 16 MB, or as multipart more than 64 MB beside a catalog file, 101 files or 4 MB of operations.',
  MEDIA_TYPE_UNSUPPORTED: 'The content type is neither application/json nor multipart/form-data.',
  UNAUTHENTICATED: 'The request brings no key that is good here; one is brought as `Authorization: Bearer`.',
  FORBIDDEN: 'The key that the request brings may not do this.',
  REQUEST_ABANDONED:
    'The client closed the connection before its answer was ready. Only logs and traces show this code.',
  DATABASE_BUSY:
    'The database is busy: no connection was free in time, or a statement took too long. Try again in a moment.',
  SERVER_BUSY: 'As much work waits as the server can hold: try again after the time that `Retry-After` names.',
  SERVICE_UNAVAILABLE: 'The server is starting, stopping or has lost its database or model: try again.',
  INTERNAL_SERVER_ERROR: 'The server failed. The request id leads to the reason in its log.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** When a client may try again that was refused with SERVER_BUSY: the longest queues take some 5 s. */
export const BUSY_RETRY_SECONDS = 5;

/** A failure that the client can act on. Its message is written for them and holds nothing internal. */
export class FitroomError extends Error {
  /**
   * @param code of the table above
   * @param message one sentence for the client; names no internals
   * @param field path to the argument that is wrong, for example ['input', 'image', 'url']
   */
  constructor(
    readonly code: ErrorCode,
    message: string = ERROR_CODES[code],
    readonly field: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'FitroomError';
  }

  /** The same failure, its field found `prefix` deeper in the arguments. */
  within(...prefix: string[]): FitroomError {
    return new FitroomError(this.code, this.message, [...prefix, ...this.field], { cause: this.cause });
  }
}

const TEMPORARY: ReadonlySet<ErrorCode> = new Set([
  'SERVICE_UNAVAILABLE',
  'SERVER_BUSY',
  'DATABASE_BUSY',
  'PICTURES_BUSY',
  'REQUEST_ABANDONED',
]);

/** True if the same request may succeed later without a change. */
export function isTemporary(error: unknown): boolean {
  return error instanceof FitroomError && TEMPORARY.has(error.code);
}

/** A start that cannot go on. The message says what to do about it; it is printed without a stack. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
