// The measured product: a server on a free local port, a split as its catalog, and a client of its API.
//
// By default the catalog has only pictures, because finding a garment by its own title would only measure string
// matching. upsertGarments stores every garment with its picture, the title "?" and no other field. All garments then
// have the same text vector, which adds the same amount to every score. Full text finds nothing in that title. The head
// infers type, category and color from the picture alone, since it recognizes that the title names nothing.
import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { startApp, type App } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import type { FusionMethod } from '../../src/domain/recommend/fusion.js';
import type { GarmentType } from '../../src/domain/catalog/garment.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { createLogger } from '../../src/observability/logger.js';
import { IN_MEMORY } from '../../src/store/database/embedded.database.js';
import { ApiClient, type ApiCall } from '../../src/cli/api.client.js';
import { CannotRun } from '../../src/cli/exit.js';
import { importCatalog } from '../../src/cli/import/catalog.import.js';
import type { CatalogSource } from '../../src/cli/import/catalog.source.js';
import type { RowFailure } from '../../src/feeds/garment.row.js';
import type { Product } from './split.reader.js';

const NEUTRAL_TITLE = '?';
/** Used for the latency figures. The machine of the recorded figures has two cores as well. */
export const INFERENCE_THREADS = 2;
/** Below the server's own limits, and enough to fill the encoders' batches. */
const CALLS_AT_ONCE = 8;
const TOP = 10;

export interface RecommendRequest {
  text?: string;
  picture?: Uint8Array;
  fusion?: { method: FusionMethod; textWeight?: number; imageWeight?: number };
  diversity?: number;
  /** Sku that does not count as a result: the garment that the request is about. */
  ignoredSku?: string;
}

export interface Recommendation {
  status: 'OK' | 'PARTIAL' | 'WEAK' | 'EMPTY';
  /** At most ten, best first. */
  skus: string[];
  /** The garment type that the server recognized in the request. */
  detectedType: GarmentType;
}

/** Labels, most likely first. */
export interface Classification {
  garmentTypes: { garmentType: GarmentType; probability: number }[];
  categories: LabelProbability[];
  colors: LabelProbability[];
  genders: LabelProbability[];
  usages: LabelProbability[];
}
interface LabelProbability {
  label: string;
  probability: number;
}

const RECOMMEND = `query Evaluate($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    status
    query { garmentTypes { garmentType } }
    garments(first: ${TOP + 1}) { nodes { sku } }
  }
}`;

const CLASSIFY = `query Evaluate($text: String, $image: ImageInput) {
  classifyGarment(text: $text, image: $image) {
    garmentTypes { garmentType probability }
    categories { label probability }
    colors { label probability }
    genders { label probability }
    usages { label probability }
  }
}`;

/** The fields of a garment besides its sku and picture. */
type Facts = Omit<GarmentInput, 'sku' | 'image'>;

interface RecommendResponse {
  recommendOutfit: {
    status: Recommendation['status'];
    query: { garmentTypes: { garmentType: GarmentType }[] };
    garments: { nodes: { sku: string }[] };
  };
}

export class ServedCatalog {
  readonly #limit = pLimit(CALLS_AT_ONCE);
  /** Several figures use the same recommendation. */
  readonly #recommendations = new Map<string, Promise<Recommendation>>();
  #stored: Promise<void> | undefined;

  private constructor(
    readonly app: App,
    private readonly api: ApiClient,
    private readonly source: CatalogSource,
  ) {}

  /**
   * Starts a server with an in-memory embedded database and exact search. The first recommendation stores the products'
   * pictures, because classification needs no catalog.
   * @param factsOf returns the fields of a garment, at least its title
   * @throws StartupError if the server cannot start
   */
  static async open(
    products: readonly Product[],
    factsOf: (product: Product) => Facts = () => ({ title: NEUTRAL_TITLE }),
  ): Promise<ServedCatalog> {
    const config = {
      ...readConfig(),
      port: 0,
      host: '127.0.0.1',
      adminKey: null,
      databaseUrl: null,
      dataDir: IN_MEMORY,
      sampleCatalog: false,
      inferenceThreads: INFERENCE_THREADS,
    };
    const app = await startApp({ config, logger: createLogger('error') });
    return new ServedCatalog(app, new ApiClient(app.url), sourceOf(products, factsOf));
  }

  /** Returns the first ten garments. @throws CannotRun if the server refuses a picture of the catalog */
  async recommend({ text, picture, fusion, diversity, ignoredSku }: RecommendRequest): Promise<Recommendation> {
    // Without this filter a request with a picture would find that picture and never be WEAK. A text is sent only once
    // for all the garments that it is about, so there the garment is removed afterwards.
    const excludeSkus = picture && ignoredSku !== undefined ? [ignoredSku] : undefined;
    const image = picture && base64Image(picture);
    const recommendation = await this.#recommendation({
      text,
      image,
      fusion,
      diversity,
      filter: excludeSkus && { excludeSkus },
    });
    return { ...recommendation, skus: recommendation.skus.filter((sku) => sku !== ignoredSku).slice(0, TOP) };
  }

  recommendEach(requests: readonly RecommendRequest[]): Promise<Recommendation[]> {
    return Promise.all(requests.map((request) => this.recommend(request)));
  }

  classify({ text, picture }: { text?: string; picture?: Uint8Array }): Promise<Classification> {
    const variables = { text, image: picture && base64Image(picture) };
    return this.#limit(async () => {
      const response = await this.api.callPatiently<{ classifyGarment: Classification }>({
        query: CLASSIFY,
        variables,
      });
      return response.classifyGarment;
    });
  }

  /** Runs any other operation on the stored catalog. @throws CallRefused */
  async call<Data>(call: ApiCall): Promise<Data> {
    await (this.#stored ??= this.#store());
    return this.#limit(() => this.api.callPatiently<Data>(call));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  #recommendation(input: Record<string, unknown>): Promise<Recommendation> {
    const key = JSON.stringify(input);
    const known = this.#recommendations.get(key);
    if (known) return known;
    const recommendation = this.#limit(async () => {
      await (this.#stored ??= this.#store());
      const { recommendOutfit } = await this.api.callPatiently<RecommendResponse>({
        query: RECOMMEND,
        variables: { input },
      });
      return {
        status: recommendOutfit.status,
        skus: recommendOutfit.garments.nodes.map(({ sku }) => sku),
        detectedType: recommendOutfit.query.garmentTypes[0]!.garmentType,
      };
    });
    this.#recommendations.set(key, recommendation);
    return recommendation;
  }

  async #store(): Promise<void> {
    const failures: RowFailure[] = [];
    await importCatalog(this.api, this.source, {
      concurrency: 2,
      dryRun: false,
      signal: new AbortController().signal,
      onOutcome: (outcome) => failures.push(...outcome.failures),
    });
    const [first] = failures;
    if (first)
      throw new CannotRun(
        `${failures.length} pictures were refused by the server, the first is ${first.sku}: ${first.message}`,
      );
  }
}

function sourceOf(products: readonly Product[], factsOf: (product: Product) => Facts): CatalogSource {
  const rows = products.map((product, i) => {
    const { sku, picture } = product;
    return { row: i + 1, garment: { sku, ...factsOf(product) }, image: sku, picture };
  });
  return {
    total: products.length,
    items: () => Readable.from(rows),
  };
}

function base64Image(picture: Uint8Array): { base64: string } {
  return { base64: Buffer.from(picture).toString('base64') };
}
