// What a request asks for and what it wants to avoid, as the head and the bundle's thresholds have it.
import type { Avoided } from '../domain/candidate.js';
import type { Features } from '../domain/fusion.js';
import { beginningsQuery, describingWords } from '../domain/lexical.words.js';
import { unwantedThings } from '../domain/negation.js';
import type { HeadReading } from '../domain/reading.js';
import { readingOfType, readRequest, type RequestReading } from '../domain/understanding.js';
import { labelsThatSayAll } from '../domain/unwanted.words.js';
import { conceptsOf, type WordSenses } from '../domain/word.senses.js';
import type { Encoders } from '../inference/encoders.js';
import { readingLabels } from './bundle.labels.js';
import type { ReadRequest } from './feature.reader.js';

/** What is sought where only what is not wanted is said. */
const ANYTHING_TO_WEAR = 'clothes';

export class RequestUnderstander {
  constructor(
    private readonly encoders: Pick<Encoders, 'bundle' | 'encodeWords' | 'readHead'>,
    private readonly senses: WordSenses,
  ) {}

  /** The head's readings of words, picture and both, as what is asked for. */
  async understand({ features, picture: read }: ReadRequest): Promise<RequestReading> {
    const { encoders } = this;
    const single = async (side: Features): Promise<HeadReading | null> =>
      side.text || side.image ? encoders.readHead(side) : null;
    const [words, picture, both] = await Promise.all([
      single({ text: features.text, image: null }),
      single({ text: null, image: features.image }),
      encoders.readHead(features),
    ]);
    const labels = readingLabels(encoders.bundle);
    const shown = picture && read?.shownType ? readingOfType(picture, read.shownType, labels) : picture;
    const isBlank = read?.isBlank ?? false;
    return readRequest({ words, picture: shown, both, isBlank }, labels, encoders.bundle.manifest.thresholds);
  }

  /** What is not wanted, thing by thing, as the search avoids it. @param kept features of the things, where they are known */
  avoided(unwanted: string | null, kept: readonly Float32Array[] = []): Promise<Avoided[]> {
    return Promise.all(unwantedThings(unwanted).map((thing, i) => this.avoidedThing(thing, kept[i])));
  }

  /**
   * "Not black shoes" asks for shoes: what is wanted where all that is said is what is not. Words that name no kind ("not
   * black") leave all there is to wear.
   */
  async wantedBeside(unwanted: string): Promise<{ wanted: string; unwanted: string }> {
    const concepts = conceptsOf(unwanted, this.senses);
    const kind = concepts.at(-1)?.said;
    if (concepts.length < 2 || kind === undefined || !(await this.namesKind(kind))) {
      return { wanted: ANYTHING_TO_WEAR, unwanted };
    }
    return { wanted: kind, unwanted: unwanted.slice(0, unwanted.toLowerCase().lastIndexOf(kind)).trim() };
  }

  private async avoidedThing(words: string, kept?: Float32Array): Promise<Avoided> {
    const features = kept ?? (await this.encoders.encodeWords(words));
    const reading = await this.readWords(features);
    const concepts = conceptsOf(describingWords(words) ?? words, this.senses);
    return {
      features,
      comparesPictures: this.encoders.bundle.manifest.aligned,
      wordsQuery: beginningsQuery(concepts),
      labels: labelsThatSayAll(concepts, { kind: reading.typeProbabilities !== null, colors: reading.asked.colors }),
      typeProbabilities: reading.typeProbabilities,
      asked: reading.labelRoots,
    };
  }

  private async namesKind(words: string): Promise<boolean> {
    const { asked, namesOtherThing } = await this.readWords(await this.encoders.encodeWords(words));
    return asked.garmentType !== null || namesOtherThing;
  }

  private readWords(features: Float32Array): Promise<RequestReading> {
    return this.understand({ features: { text: features, image: null }, picture: null });
  }
}
