// Error codes and their default messages.

/**
 * Every code that a client can receive, with its default message. docs/errors.md lists the same table and a test
 * compares the two. A code never changes its meaning; new codes may be added.
 */
export const ERROR_CODES = {
  ARGUMENT_INVALID:
    'An argument does not have the form that the schema describes. Correct the argument that `field` names.',
  QUERY_EMPTY: 'The request has neither `text` nor `image`. Send at least one of them.',
  TEXT_TOO_LONG: 'The text is longer than 1,000 characters. Shorten it.',
  TEXT_INVALID: 'A text contains the character U+0000 or an unpaired surrogate, which cannot be stored. Remove it.',
  IMAGE_SOURCE_INVALID: '`image` must have exactly one of the fields `upload`, `base64`, `url` and `sku`.',
  IMAGE_EMPTY: 'The picture has no bytes. Send a picture file that is not empty.',
  IMAGE_TOO_LARGE:
    'The picture has more than 10 MB, too many pixels for its format (at most 25 million) or a side of more ' +
    'than 16,384 pixels. Send a smaller picture.',
  IMAGE_TOO_COSTLY:
    'The picture takes longer than 10 seconds to decode, or is a JPEG with more than 64 scans. Save it in a ' +
    'simpler form, for example as a baseline JPEG.',
  IMAGE_FORMAT_UNSUPPORTED: 'The picture has an unsupported format. Send a JPEG, PNG, WebP, AVIF or GIF.',
  PICTURES_BUSY: 'Too many pictures are waiting to be decoded or downloaded. Try again in 5 seconds.',
  IMAGE_UNREADABLE: 'The picture is damaged or incomplete. Send the whole file again.',
  IMAGE_URL_REFUSED: 'The picture URL is not allowed. Use an http or https URL of a public host on port 80 or 443.',
  IMAGE_URL_UNREACHABLE:
    'The picture could not be downloaded from its URL within 5 seconds. Check the URL, or send the picture as ' +
    '`upload` or `base64`.',
  IMAGE_REQUIRED: 'A new garment needs a picture. Set `image`.',
  GARMENT_NOT_FOUND: 'The store has no garment with this SKU, or the garment has no picture.',
  FUSION_WEIGHTS_INVALID: 'Fusion weights must be finite numbers of 0 or more, and not both 0.',
  FUSION_METHOD_UNSUPPORTED:
    'The active model does not support this fusion method. Use one that `model { fusionMethods }` lists.',
  FUSION_CANCELS_OUT:
    'The text and the picture cancel each other out with these weights. Change `textWeight` or `imageWeight`.',
  DIVERSITY_INVALID: '`diversity` must be from 0 to 1.',
  SHOPPER_INVALID: '`shopper` must have 1 to 200 characters, without control characters or unpaired surrogates.',
  PAGE_SIZE_INVALID: '`first` must be from 1 to 100.',
  PERIOD_INVALID: '`from` must be before `to`, and the period may last at most 400 days.',
  CURSOR_INVALID: 'The cursor does not belong to this field. Use a cursor that the same field returned.',
  PRICE_INVALID: 'A price must be at least 0 and below 10,000,000,000, with at most 4 decimals.',
  CURRENCY_UNKNOWN: 'The currency is not an ISO 4217 code. Use a code of three letters such as EUR.',
  CURRENCY_NEEDED:
    'The catalog has prices in several currencies. Set `currency` together with `minPrice` or `maxPrice`.',
  TITLE_INVALID: 'A title must have 1 to 500 characters, at least one of them visible, and no unpaired surrogates.',
  SKU_INVALID:
    'A SKU must have 1 to 200 characters, at least one of them visible, without control characters or unpaired ' +
    'surrogates.',
  VALUE_TOO_LONG: 'A value or a list is longer than its field allows. Shorten it.',
  PRODUCT_URL_INVALID: '`productUrl` must be an http or https URL.',
  GARMENT_REFUSED:
    'The database or the model cannot accept one of the values of the garment. Correct or remove that value.',
  DUPLICATE_SKU: 'The same SKU occurs twice in one call or file. Send each SKU once.',
  TOO_MANY_GARMENTS: 'One call accepts 1 to 100 garments. Split a longer list into several calls.',
  IDEMPOTENCY_KEY_INVALID: '`idempotencyKey` must have 1 to 255 characters, without control characters.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was already used for a call with other garments. Use a new key.',
  EXPECTED_SKUS_INVALID: '`expectedSkus` must have at least one SKU and at most as many as `within`.',
  TOO_MANY_GOLDEN_QUERIES: 'A store can have at most 100 golden queries. Unpin one first.',
  GOLDEN_QUERY_NOT_FOUND: 'The store has no golden query with this ID.',
  RULE_TARGET_INVALID:
    'A merchandising rule needs either `skus` or a `filter` with at least one restriction, not both.',
  RULE_STRENGTH_INVALID: '`strength` must be from 0.01 to 2. Only BOOST and BURY rules have a strength.',
  RULE_PERIOD_INVALID: '`endsAt` must be later than `startsAt`.',
  TOO_MANY_RULES: 'A store can have at most 100 merchandising rules. Delete one first.',
  RULE_NOT_FOUND: 'The store has no merchandising rule with this ID.',
  EXPERIMENT_VARIANTS_INVALID: 'An experiment needs 2 to 10 variants with different names, each with a weight above 0.',
  EXPERIMENT_VARIANTS_FIXED: 'The variants of a started experiment cannot change. End it and start a new one.',
  EXPERIMENT_SETTINGS_INVALID: 'A setting of a variant is out of range, or no variant has any setting.',
  EXPERIMENT_OVERLAPS: 'A running experiment sets one of the same settings. End it first.',
  TOO_MANY_EXPERIMENTS: 'A store can run at most 10 experiments at once. End one first.',
  EXPERIMENT_NOT_FOUND: 'The store has no running experiment with this ID.',
  LEARNED_RANKING_NOT_FOUND: 'The store has no learned ranking of this version for the active model.',
  KEPT_GARMENT_UNUSABLE:
    'A garment in `keepSkus` is sold out, excluded by the filter, has no picture, or is not wearable. Remove ' +
    'it from `keepSkus`.',
  KEPT_GARMENTS_CLASH: 'Two garments in `keepSkus` cannot be part of the same outfit. Remove one of them.',
  KEPT_OVER_BUDGET: 'The garments in `keepSkus` cost more than `budget`, or have no price in its currency.',
  TOO_MANY_EVENTS: 'One call accepts 1 to 100 events. Split a longer list into several calls.',
  RECOMMENDATION_NOT_FOUND: 'The store has no recommendation with this ID, or its retention period has ended.',
  REQUEST_NOT_REPEATABLE:
    'The request is no longer stored, or its picture was encoded by another model, so it cannot be repeated.',
  MODEL_NOT_EMBEDDED: 'The catalog has no embeddings of this model. Run `startReembedding` with it first.',
  WHAT_IF_INVALID: 'A setting is out of range, or no contribution has this name.',
  SKU_NOT_SHOWN: 'The recommendation did not show this garment.',
  SAMPLE_SIZE_INVALID: '`sample` must be from 1 to 50,000.',
  MAP_NOT_DRAWN:
    'The map of this catalog is not ready yet. It is drawn within two minutes of the first garments if a ' +
    'process runs jobs.',
  PICTURE_CONTRADICTS_WORDS: 'Warning: the picture shows a different garment type than the text says.',
  NEAR_DUPLICATE: 'Warning: the garment with another SKU has almost the same picture.',
  MODEL_UNKNOWN: 'The server has no model bundle with this name. `fitroom models list` lists the available bundles.',
  MODEL_SERVES_ALREADY: 'The store already uses this model.',
  MODEL_UNUSABLE:
    'The bundle cannot be used: it is damaged, does not run on this machine, or cannot embed one of the garments.',
  REEMBEDDING_RUNNING:
    'The store is already switching to another model. Wait, or stop the switch with `endReembedding`.',
  REEMBEDDING_NOT_FOUND: 'The store has no re-embedding with this ID.',
  REEMBEDDING_OVER:
    'The re-embedding is not in a phase that allows this: the embeddings it needs are deleted or not ready yet.',
  REEMBEDDING_INCOMPLETE:
    'The model has no embeddings for some current garments. Run `startReembedding` with it to embed them.',
  GATE_NOT_MET: 'The recommendations of the new model overlap less with the present ones than `minOverlap` requires.',
  IMPORT_SOURCE_INVALID: '`input` must have exactly one of `upload` and `url`.',
  IMPORT_TOO_LARGE:
    'The file is larger, packed or unpacked, than the server accepts. Split it, or raise FITROOM_MAX_IMPORT_MB.',
  IMPORT_EMPTY: 'The file has no bytes. Send a file that is not empty.',
  IMPORT_TOO_MANY_ROWS: 'The file has more than 1,000,000 rows. Split it.',
  IMPORT_LIMIT_INVALID: '`limit` must be at least 1.',
  IMPORT_FORMAT_UNKNOWN: 'The format of the file is not supported, or is not the one that `format` names.',
  IMPORT_CURRENCY_NEEDED: 'A Shopify export does not contain the currency of its prices. Set `currency`.',
  IMPORT_UNREADABLE: 'The file is incomplete, damaged, or not in its stated format.',
  IMPORT_XML_ENTITIES:
    'The XML declares its own entities, which the server does not expand. Remove the entity declarations.',
  IMPORT_URL_REFUSED: 'The file URL is not allowed. Use an http or https URL of a public host on port 80 or 443.',
  IMPORT_URL_UNREACHABLE: 'The file could not be downloaded completely from its URL. Check the URL and try again.',
  IMPORT_NOT_FOUND: 'The store has no import with this ID.',
  IMPORT_FINISHED: 'The import has already ended.',
  ROW_UNREADABLE: 'A row of the file does not match the format of the file.',
  ROW_TOO_LONG: 'A row of the file has more than 1 MB.',
  NAME_INVALID:
    'A name must have 1 to 200 characters, at least one of them visible, without control characters or ' +
    'unpaired surrogates.',
  API_KEY_NOT_FOUND: 'The store has no API key with this ID.',
  STORE_ID_INVALID:
    'A store ID must have 1 to 63 lower-case letters, digits and hyphens, and must not start with a hyphen.',
  STORE_EXISTS: 'A store with this ID already exists. Choose another ID.',
  STORE_UNKNOWN: 'No store has the ID that the argument or the header `x-fitroom-store` names.',
  STORE_IS_DEFAULT: 'The store `default` belongs to the deployment and cannot be deleted.',
  QUERY_TOO_COMPLEX: 'The operation is more expensive than one request may be. Select fewer fields, rows or values.',
  NOT_FOUND: 'The server has no resource at this URL.',
  METHOD_NOT_ALLOWED: 'The URL does not support this HTTP method. The header `allow` lists the supported methods.',
  REQUEST_INVALID: 'The URL, the headers or the length of the request are malformed or cannot be satisfied.',
  REQUEST_TIMEOUT: 'The request did not arrive completely within one minute.',
  HEADERS_TOO_LARGE: 'The URL and the headers together have more than 16 kB.',
  BODY_INVALID: 'The request body does not match its content type.',
  BODY_TOO_LARGE:
    'The body has more than 16 MB, or a multipart body has more than 64 MB besides a catalog file, 101 files ' +
    'or 4 MB of operations.',
  MEDIA_TYPE_UNSUPPORTED: 'The content type is not supported. Use application/json or multipart/form-data.',
  UNAUTHENTICATED: 'The request has no valid API key. Send a key in the header `Authorization: Bearer`.',
  FORBIDDEN: 'The role of the API key does not allow this.',
  REQUEST_ABANDONED:
    'The client closed the connection before the response was ready. Only logs and traces show this code.',
  DATABASE_BUSY:
    'The database is busy: no connection was free in time, or a statement took too long. Try again in a moment.',
  SERVER_BUSY:
    'The server has reached its limit of waiting work. Try again after the time in the header `Retry-After`.',
  SERVICE_UNAVAILABLE: 'The server is starting or stopping, or has lost its database or model. Try again.',
  INTERNAL_SERVER_ERROR: 'The server failed. Its log has the reason under the request ID.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Seconds after which a client may retry a request refused with SERVER_BUSY: the longest queues take about 5 s. */
export const BUSY_RETRY_SECONDS = 5;

/** A failure that the client can act on. Its message is written for the client and contains no internals. */
export class FitroomError extends Error {
  /**
   * @param code one of {@link ERROR_CODES}
   * @param message one or two sentences for the client, without internals
   * @param field path to the wrong argument, for example ['input', 'image', 'url']
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

  /** Returns the same failure with `prefix` put in front of its field path. */
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

/** Returns true if the same request may succeed later without a change. */
export function isTemporary(error: unknown): boolean {
  return error instanceof FitroomError && TEMPORARY.has(error.code);
}

/** A failure that stops the server at startup. Its message says how to fix it and is printed without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
