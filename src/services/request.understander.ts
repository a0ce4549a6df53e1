// What a request asks for and what it wants to avoid, as the head and the bundle's thresholds have it.
import type { Avoided } from '../domain/candidate.js';
import type { Features } from '../domain/fusion.js';
import { beginningsQuery } from '../domain/lexical.words.js';
import type { HeadReading } from '../domain/reading.js';
import { readingOfType, readRequest, type RequestReading } from '../domain/understanding.js';
import type { Encoders } from '../inference/encoders.js';
import { readingLabels } from './bundle.labels.js';
import type { ReadRequest } from './feature.reader.js';

export class RequestUnderstander {
  constructor(private readonly encoders: Pick<Encoders, 'bundle' | 'encodeWords' | 'readHead'>) {}

  /** The head's readings of words, picture and both, as what is asked for. */
  async understand({ features, shownType, isBlank }: ReadRequest): Promise<RequestReading> {
    const { encoders } = this;
    const single = async (side: Features): Promise<HeadReading | null> =>
      side.text || side.image ? encoders.readHead(side) : null;
    const [words, picture, both] = await Promise.all([
      single({ text: features.text, image: null }),
      single({ text: null, image: features.image }),
      encoders.readHead(features),
    ]);
    const labels = readingLabels(encoders.bundle);
    const shown = picture && shownType ? readingOfType(picture, shownType, labels) : picture;
    return readRequest({ words, picture: shown, both, isBlank }, labels, encoders.bundle.manifest.thresholds);
  }

  /** Words for what is not wanted, as the search avoids it. */
  async avoided(words: string): Promise<Avoided> {
    const features = await this.encoders.encodeWords(words);
    const reading = await this.understand({
      features: { text: features, image: null },
      shownType: null,
      isBlank: false,
    });
    const wordsQuery = beginningsQuery(words);
    return { features, wordsQuery, typeProbabilities: reading.typeProbabilities, asked: reading.labelRoots };
  }
}
