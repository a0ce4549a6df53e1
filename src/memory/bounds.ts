// The table of memory bounds: every cache, queue and buffer that requests, stores, keys or garments can fill.
// docs/operations.md lists the same table, and a test compares the two.

export interface MemoryBound {
  readonly kind: 'cache' | 'queue' | 'buffer';
  /** As docs/operations.md names it. */
  readonly name: string;
  /** What is in it, and what happens at the bound. */
  readonly holds: string;
  /** The most that it holds, in bytes: strings count 2 bytes a character. */
  readonly bytes: number;
  /** The most entries, where a number of them is a bound as well. */
  readonly entries?: number;
  /** Absent: there is one in a process, or several that share the bound. Else there is one for each of these. */
  readonly per?: 'request' | 'import' | 'job' | 'connection';
}

const MB = 1_000_000;

/** Where code holds something, it takes its limit from here, so that the number in the documentation is the one that holds. */
export const MEMORY_BOUNDS = {
  documents: {
    kind: 'cache',
    name: 'GraphQL documents',
    holds: 'Documents that passed validation, in equal parts for each role. The least recently used go.',
    bytes: 48 * MB,
  },
  persistedQueries: {
    kind: 'cache',
    name: 'Persisted queries',
    holds: 'Query texts by hash, in equal parts for each role. A client whose text is gone sends it again.',
    bytes: 40 * MB,
  },
  vectors: {
    kind: 'cache',
    name: 'Vectors',
    holds: 'Embeddings of recent words and pictures, of all open models. The least recently used go.',
    bytes: 4 * MB,
  },
  garmentPictures: {
    kind: 'cache',
    name: 'Garment pictures',
    holds: 'Resized pictures, some 4,000 thumbnails of 8 kB. The least recently used go.',
    bytes: 32 * MB,
  },
  lookPictures: {
    kind: 'cache',
    name: 'Look pictures',
    holds: 'Drawn pictures of looks, some 100 of 320 kB. The least recently used go.',
    bytes: 32 * MB,
  },
  keys: {
    kind: 'cache',
    name: 'API keys',
    holds: 'Keys that were good within the last 2 seconds. Others are looked up.',
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
    holds: 'The bundles of a store, as of the last second. Others are looked up.',
    bytes: 8 * MB,
    entries: 10_000,
  },
  lastStoreModels: {
    kind: 'cache',
    name: 'Last known models of stores',
    holds: 'The bundles of a store as they were last read, for a database that is away.',
    bytes: 8 * MB,
    entries: 10_000,
  },
  learnedWeights: {
    kind: 'cache',
    name: 'Learned weights',
    holds: 'The weights in use by store and model, as of the last 5 seconds. Others are looked up.',
    bytes: 8 * MB,
  },
  shopperKeys: {
    kind: 'cache',
    name: 'Shopper keys',
    holds: 'The key that the shoppers of a store are hashed with. Others are looked up.',
    bytes: 4 * MB,
    entries: 10_000,
  },
  pictureHosts: {
    kind: 'cache',
    name: 'Picture hosts',
    holds: 'The pace, failures and rest of each host that pictures are fetched from. A forgotten host starts afresh.',
    bytes: 16 * MB,
    entries: 1_000,
  },
  labelVerdicts: {
    kind: 'cache',
    name: 'Verdicts on labels',
    holds: 'How well two genders, colors or usages go together. A rule forgets all of its pairs at the bound.',
    bytes: 8 * MB,
  },
  waitingPictures: {
    kind: 'queue',
    name: 'Pictures for the encoder',
    holds:
      'Pixels that wait for all open models, each counted twice for its place in a batch. Refused with `SERVER_BUSY`.',
    bytes: 128 * MB,
    entries: 1_024,
  },
  waitingWords: {
    kind: 'queue',
    name: 'Words for the encoder',
    holds: 'Texts that wait for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  waitingFeatures: {
    kind: 'queue',
    name: 'Features for the classifier head',
    holds: 'Features that wait for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  waitingAttention: {
    kind: 'queue',
    name: 'Features for the attention',
    holds: 'Features that wait for all open models, each counted twice. Refused with `SERVER_BUSY`.',
    bytes: 32 * MB,
    entries: 1_024,
  },
  answerLog: {
    kind: 'queue',
    name: 'Recommendation log',
    holds: 'Recommendations that wait to be written, some 10 kB each. The oldest are dropped and counted.',
    bytes: 32 * MB,
    entries: 2_000,
  },
  recentRequests: {
    kind: 'queue',
    name: 'Recent requests',
    holds: 'Words that wait up to 5 seconds to be written, 50 texts of a store at most. Further ones are dropped.',
    bytes: 4 * MB,
  },
  lookDrawings: {
    kind: 'queue',
    name: 'Drawings of looks',
    holds: 'Looks that are drawn, two at once, or wait to be. Refused with `SERVER_BUSY`.',
    bytes: 1 * MB,
    entries: 40,
  },
  goldenRuns: {
    kind: 'queue',
    name: 'Runs of golden queries',
    holds: 'Golden queries that run, four at once, or wait to. Refused with `SERVER_BUSY`.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  pictureFetches: {
    kind: 'queue',
    name: 'Fetches of merchants’ pictures',
    holds: 'Addresses that are fetched or wait for their host. Refused with `SERVER_BUSY`.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  spans: {
    kind: 'queue',
    name: 'Spans',
    holds: 'Finished spans that wait for the collector, 8 kB each at most. Further ones are dropped.',
    bytes: 16 * MB,
    entries: 2_000,
  },
  waitingDecodings: {
    kind: 'queue',
    name: 'Pictures to decode',
    holds:
      'Pictures that wait for a decoder, counted by price, of which at most 60 % is memory. Refused with `PICTURES_BUSY`.',
    bytes: 4_000 * MB,
  },
  databaseCallers: {
    kind: 'queue',
    name: 'Callers of the database',
    holds: 'Statements that wait for a connection, in three lanes. Refused with `DATABASE_BUSY`.',
    bytes: 12 * MB,
    entries: 6_000,
  },
  pipelinedRequests: {
    kind: 'queue',
    name: 'Pipelined requests',
    holds: 'Heads of requests that wait for the answer before them. A connection with more is closed.',
    bytes: 2 * MB,
    entries: 100,
    per: 'connection',
  },
  unsentAnswers: {
    kind: 'buffer',
    name: 'Unsent answers',
    holds: 'Answers of all connections that clients have not read. The connections with the most are closed.',
    bytes: 256 * MB,
  },
  decodedPictures: {
    kind: 'buffer',
    name: 'Decoded pictures',
    holds: 'Pictures that are decoded at the same time, by price. Others wait.',
    bytes: 320 * MB,
  },
  fetchedPictures: {
    kind: 'buffer',
    name: 'Fetched pictures',
    holds: 'Pictures that are fetched at the same time, half for shoppers and half for merchants. Others wait.',
    bytes: 480 * MB,
  },
  requestBodies: {
    kind: 'buffer',
    name: 'Bodies of requests',
    holds: 'Bodies of all requests without an answer, an imported file with 64 MB at most. Refused with `SERVER_BUSY`.',
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
    holds: 'Bytes of the file on their way into the database.',
    bytes: 1 * MB + 64 * 1024,
    per: 'import',
  },
  importBatch: {
    kind: 'buffer',
    name: 'Batch of imported rows',
    holds: 'Rows and their pictures on their way into the database, at most 100 rows. A full batch is written.',
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
    holds: 'Text that the parser has not given out yet. Refused with `IMPORT_UNREADABLE`.',
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
    name: 'Rows of an imported tar',
    holds: 'Rows whose pictures are looked for. A longer metadata.jsonl is read in several passes.',
    bytes: 64 * MB,
    per: 'job',
  },
} as const satisfies Record<string, MemoryBound>;
