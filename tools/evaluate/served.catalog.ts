// Owns the product under measurement: a whole server on a free port of this machine, a split as its catalog, and a client that
// asks what a storefront would ask. Knows no labels and no figures.
//
// The catalog is picture-only unless titles are asked for: title → garment *with* its title would measure string matching.
// Every garment goes in by upsertGarments with its picture, the title "?" and no other field. Its words are then the same
// vector for all, which adds the same to every score; full text finds no word in it to match; and type, category and colour
// are what the head infers, from the picture alone where it sees that the words name nothing.
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
/** What the figures of latency are measured with, and the machine of the project's notes has. */
export const INFERENCE_THREADS = 2;
/** Under the server's own limits, and enough for the encoders' batches. */
const CALLS_AT_ONCE = 8;
const SHOWN = 10;

export interface Wish {
  text?: string;
  picture?: Uint8Array;
  fusion?: { method: FusionMethod; textWeight?: number; imageWeight?: number };
  diversity?: number;
  /** Sku that does not count as an answer: the garment that the request is about. */
  leaveOut?: string;
}

export interface Answer {
  status: 'OK' | 'PARTIAL' | 'WEAK' | 'EMPTY';
  /** Best first, ten at most. */
  skus: string[];
  /** The type that the server understood to be meant. */
  meantType: GarmentType;
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
    garments(first: ${SHOWN + 1}) { nodes { sku } }
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

/** What a merchant says of a garment beside its picture. */
type Facts = Omit<GarmentInput, 'sku' | 'image'>;

interface Recommended {
  recommendOutfit: {
    status: Answer['status'];
    query: { garmentTypes: { garmentType: GarmentType }[] };
    garments: { nodes: { sku: string }[] };
  };
}

export class ServedCatalog {
  readonly #limit = pLimit(CALLS_AT_ONCE);
  /** Several figures look at one answer. */
  readonly #answers = new Map<string, Promise<Answer>>();
  #stored: Promise<void> | undefined;

  private constructor(
    readonly app: App,
    private readonly api: ApiClient,
    private readonly source: CatalogSource,
  ) {}

  /**
   * Starts a server with an embedded database in memory, searched exactly. The products' pictures are stored when the first
   * recommendation asks for them: classifying needs no catalog.
   * @param factsOf what is said of each garment, its title at least
   * @throws StartupError of the start
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
    return new ServedCatalog(app, new ApiClient(app.url), picturesOf(products, factsOf));
  }

  /** The first ten of an answer. @throws CannotRun where a picture of the catalog is refused */
  async recommend({ text, picture, fusion, diversity, leaveOut }: Wish): Promise<Answer> {
    // with its own picture in the catalog no request would be weak; words are asked once for all that they are about
    const excludeSkus = picture && leaveOut !== undefined ? [leaveOut] : undefined;
    const image = picture && base64Image(picture);
    const answer = await this.#ask({ text, image, fusion, diversity, filter: excludeSkus && { excludeSkus } });
    return { ...answer, skus: answer.skus.filter((sku) => sku !== leaveOut).slice(0, SHOWN) };
  }

  recommendEach(wishes: readonly Wish[]): Promise<Answer[]> {
    return Promise.all(wishes.map((wish) => this.recommend(wish)));
  }

  classify({ text, picture }: { text?: string; picture?: Uint8Array }): Promise<Classification> {
    const variables = { text, image: picture && base64Image(picture) };
    return this.#limit(async () => {
      const answer = await this.api.callPatiently<{ classifyGarment: Classification }>({ query: CLASSIFY, variables });
      return answer.classifyGarment;
    });
  }

  /** Any other operation on the whole catalog. @throws CallRefused */
  async call<Data>(call: ApiCall): Promise<Data> {
    await (this.#stored ??= this.#store());
    return this.#limit(() => this.api.callPatiently<Data>(call));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  #ask(input: Record<string, unknown>): Promise<Answer> {
    const key = JSON.stringify(input);
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = this.#limit(async () => {
      await (this.#stored ??= this.#store());
      const { recommendOutfit: found } = await this.api.callPatiently<Recommended>({
        query: RECOMMEND,
        variables: { input },
      });
      return {
        status: found.status,
        skus: found.garments.nodes.map(({ sku }) => sku),
        meantType: found.query.garmentTypes[0]!.garmentType,
      };
    });
    this.#answers.set(key, answer);
    return answer;
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
    if (first) throw new CannotRun(`${failures.length} pictures were refused, ${first.sku} first: ${first.message}`);
  }
}

function picturesOf(products: readonly Product[], factsOf: (product: Product) => Facts): CatalogSource {
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
