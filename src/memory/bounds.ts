// Memory bounds of every cache, queue and buffer that requests, stores, keys or garments can fill.
// docs/operations.md has the same table, and a test compares the two.

export interface MemoryBound {
  readonly kind: 'cache' | 'queue' | 'buffer';
  /** Name in docs/operations.md. */
  readonly name: string;
  /** The content, and the effect of reaching the bound. */
  readonly holds: string;
  /** Bound in bytes. Strings count 2 bytes per character. */
  readonly bytes: number;
  /** Bound on the number of entries. Absent for no such bound. */
  readonly entries?: number;
  /** Scope of one cache, queue or buffer. Absent for one per process, or several that share the bound. */
  readonly per?: 'request' | 'import' | 'job' | 'connection';
}

const MB = 1_000_000;

/** The table of bounds. Code takes its limits from here, so that the documented numbers are the real ones. */
export const MEMORY_BOUNDS = {
  documents: {
    kind: 'cache',
    name: 'GraphQL documents',
    holds: 'Documents that passed validation, in equal parts for each role. Evicts the least recently used.',
    bytes: 48 * MB,
  },
  persistedQueries: {
    kind: 'cache',
    name: 'Persisted queries',
    holds: 'Query texts by hash, in equal parts for each role. A client sends an evicted text again.',
    bytes: 40 * MB,
  },
  vectors: {
    kind: 'cache',
    name: 'Vectors',
    holds: 'Embeddings of recent texts and pictures, of all open models. Evicts the least recently used.',
    bytes: 4 * MB,
  },
  garmentPictures: {
    kind: 'cache',
    name: 'Garment pictures',
    holds: 'Resized pictures, about 4,000 thumbnails of 8 kB. Evicts the least recently used.',
    bytes: 32 * MB,
  },
  lookPictures: {
    kind: 'cache',
    name: 'Outfit pictures',
    holds: 'Drawn pictures of outfits, about 100 of 320 kB. Evicts the least recently used.',
    bytes: 32 * MB,
  },
  keys: {
    kind: 'cache',
    name: 'API keys',
    holds: 'Keys that were valid within the last 2 seconds. Others are looked up.',
    bytes: 8 * MB,
    entries: 10_000,
  },
  stores: {
    kind: 'cache',
    name: 'Stores',
    holds: 'Stores that existed within the last 2 seconds. Others are looked up.',
    bytes: 4 * MB,
    entries: 10_000,
  },
  storeModels: {
    kind: 'cache',
    name: 'Models of stores',
    holds: 'The bundles of each store, read within the last second. Others are looked up.',
    bytes: 8 * MB,
    entries: 10_000,
  },
  lastStoreModels: {
    kind: 'cache',
    name: 'Last known models of stores',
    holds: 'The bundles of each store as last read, used while the database is down.',
    bytes: 8 * MB,
    entries: 10_000,
  },
  learnedWeights: {
    kind: 'cache',
    name: 'Learned weights',
    holds: 'The weights in use by store and model, read within the last 5 seconds. Others are looked up.',
    bytes: 8 * MB,
  },
  shopperKeys: {
    kind: 'cache',
    name: 'Shopper keys',
    holds: 'The key that hashes the shopper ids of a store. Others are looked up.',
    bytes: 4 * MB,
    entries: 10_000,
  },
  pictureHosts: {
    kind: 'cache',
    name: 'Picture hosts',
    holds:
      'The pace, failures and pause of each host that pictures are downloaded from. An evicted host starts without history.',
    bytes: 16 * MB,
    entries: 1_000,
  },
  labelVerdicts: {
    kind: 'cache',
    name: 'Label compatibility',
    holds: 'How well two genders, colors or usages match. At the bound, a rule drops all of its pairs.',
    bytes: 8 * MB,
  },
  waitingPictures: {
    kind: 'queue',
    name: 'Pictures for the encoder',
    holds:
      'Pixels that wait, for all open models, each counted twice for its copy in a batch. Refused with `SERVER_BUSY`.',
    bytes: 128 * MB,
    entries: 1_024,
  },
  waitingWords: {
    kind: 'queue',
    name: 'Texts for the encoder',
    holds: 'Texts that wait, for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  waitingFeatures: {
    kind: 'queue',
    name: 'Features for the classifier head',
    holds: 'Features that wait, for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  waitingAttention: {
    kind: 'queue',
    name: 'Features for the attention network',
    holds: 'Features that wait, for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  answerLog: {
    kind: 'queue',
    name: 'Recommendation log',
    holds: 'Recommendations that wait to be written, about 10 kB each. The oldest are dropped and counted.',
    bytes: 32 * MB,
    entries: 2_000,
  },
  recentRequests: {
    kind: 'queue',
    name: 'Recent requests',
    holds: 'Texts that wait up to 5 seconds to be written, at most 50 per store. Further ones are dropped.',
    bytes: 4 * MB,
  },
  lookDrawings: {
    kind: 'queue',
    name: 'Outfit drawings',
    holds: 'Outfits that are being drawn, two at once, or wait. Refused with `SERVER_BUSY`.',
    bytes: 1 * MB,
    entries: 40,
  },
  goldenRuns: {
    kind: 'queue',
    name: 'Golden query runs',
    holds: 'Golden queries that run, four at once, or wait. Refused with `SERVER_BUSY`.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  pictureFetches: {
    kind: 'queue',
    name: 'Picture downloads',
    holds: 'URLs of merchants that are being downloaded or wait for their host. Refused with `SERVER_BUSY`.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  spans: {
    kind: 'queue',
    name: 'Spans',
    holds: 'Finished spans that wait for the collector, at most 8 kB each. Further ones are dropped.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  waitingDecodings: {
    kind: 'queue',
    name: 'Pictures to decode',
    holds:
      'Pictures that wait for a decoder, counted by cost, at most 60 % of it memory. Refused with `PICTURES_BUSY`.',
    bytes: 4_000 * MB,
  },
  databaseCallers: {
    kind: 'queue',
    name: 'Database callers',
    holds: 'Statements that wait for a connection, in three lanes. Refused with `DATABASE_BUSY`.',
    bytes: 12 * MB,
    entries: 6_000,
  },
  pipelinedRequests: {
    kind: 'queue',
    name: 'Pipelined requests',
    holds: 'Request headers that wait for the previous response. A connection with more is closed.',
    bytes: 2 * MB,
    entries: 100,
    per: 'connection',
  },
  unsentAnswers: {
    kind: 'buffer',
    name: 'Unsent responses',
    holds: 'Responses that clients have not read, over all connections. The connections with the most are closed.',
    bytes: 256 * MB,
  },
  decodedPictures: {
    kind: 'buffer',
    name: 'Decoded pictures',
    holds: 'Pictures decoded at the same time, counted by cost. Others wait.',
    bytes: 320 * MB,
  },
  fetchedPictures: {
    kind: 'buffer',
    name: 'Downloaded pictures',
    holds: 'Pictures downloaded at the same time, half for shoppers and half for merchants. Others wait.',
    bytes: 480 * MB,
  },
  requestBodies: {
    kind: 'buffer',
    name: 'Request bodies',
    holds: 'Bodies of all unanswered requests; an imported file counts 64 MB at most. Refused with `SERVER_BUSY`.',
    bytes: 512 * MB,
  },
  jsonBody: {
    kind: 'buffer',
    name: 'JSON body',
    holds: 'The body of a request. Refused with `BODY_TOO_LARGE`.',
    bytes: 16 * MB,
    per: 'request',
  },
  multipartBody: {
    kind: 'buffer',
    name: 'Multipart body',
    holds: 'The files and the operations of a request. Refused with `BODY_TOO_LARGE`.',
    bytes: 64 * MB,
    per: 'request',
  },
  importPart: {
    kind: 'buffer',
    name: 'Part of an imported file',
    holds: 'Bytes of the file before they are written to the database.',
    bytes: 1 * MB + 64 * 1024,
    per: 'import',
  },
  importBatch: {
    kind: 'buffer',
    name: 'Batch of imported rows',
    holds: 'Rows and their pictures before they are written, at most 100 rows. A full batch is written.',
    bytes: 28 * MB,
    per: 'job',
  },
  importRow: {
    kind: 'buffer',
    name: 'Row of an imported file',
    holds: 'One line, table row or item. Reported as `ROW_TOO_LONG`.',
    bytes: 1 * MB,
    per: 'job',
  },
  importXmlText: {
    kind: 'buffer',
    name: 'Text of an imported XML file',
    holds: 'Text that the parser has not returned yet. Refused with `IMPORT_UNREADABLE`.',
    bytes: 32 * MB,
    per: 'job',
  },
  importProduct: {
    kind: 'buffer',
    name: 'Product of a Shopify export',
    holds: 'The colors of one product. Further rows of the product are reported as `ROW_TOO_LONG`.',
    bytes: 16 * MB,
    per: 'job',
  },
  importMetadata: {
    kind: 'buffer',
    name: 'Rows of an imported tar file',
    holds: 'Rows whose pictures are still to be found. A longer metadata.jsonl is read in several passes.',
    bytes: 64 * MB,
    per: 'job',
  },
} as const satisfies Record<string, MemoryBound>;
