// What a request asks for and what it wants to avoid, as the head and the bundle's thresholds have it.
import type { AvoidedTerm } from '../../domain/recommend/candidate.js';
import type { Features } from '../../domain/recommend/fusion.js';
import { prefixQuery, descriptiveTerms } from '../../domain/text/stemming.js';
import { avoidedTerms } from '../../domain/text/negation.js';
import type { Classification } from '../../domain/recommend/classification.js';
import {
  classificationOfType,
  interpretQuery,
  type QueryInterpretation,
  type HeadLabels,
} from '../../domain/recommend/query.understanding.js';
import { labelsCoveringText } from '../../domain/text/negated.labels.js';
import { conceptsOf, type Synonyms } from '../../domain/text/synonyms.js';
import type { Encoders } from '../../inference/encoders.js';
import type { EncodedQuery } from './query.encoder.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_MODELS } from '../../config.js';
import type { Bundle } from '../../inference/bundle.js';

/** What is sought where only what is not wanted is said. */
const ANYTHING_TO_WEAR = 'clothes';

export class QueryUnderstander {
  constructor(
    private readonly encoders: Pick<Encoders, 'bundle' | 'encodeWords' | 'readHead'>,
    private readonly senses: Synonyms,
  ) {}

  /** The head's readings of words, picture and both, as what is asked for. */
  async interpret({ features, picture: read }: EncodedQuery): Promise<QueryInterpretation> {
    const { encoders } = this;
    const single = async (side: Features): Promise<Classification | null> =>
      side.text || side.image ? encoders.readHead(side) : null;
    const [words, picture, both] = await Promise.all([
      single({ text: features.text, image: null }),
      single({ text: null, image: features.image }),
      encoders.readHead(features),
    ]);
    const labels = headLabels(encoders.bundle);
    const shown = picture && read?.shownType ? classificationOfType(picture, read.shownType, labels) : picture;
    const isBlank = read?.isBlank ?? false;
    return interpretQuery({ words, picture: shown, both, isBlank }, labels, encoders.bundle.manifest.thresholds);
  }

  /** What is not wanted, thing by thing, as the search avoids it. @param kept features of the things, where they are known */
  encodeAvoided(unwanted: string | null, kept: readonly Float32Array[] = []): Promise<AvoidedTerm[]> {
    return Promise.all(avoidedTerms(unwanted).map((thing, i) => this.avoidedThing(thing, kept[i])));
  }

  /**
   * "Not black shoes" asks for shoes: what is wanted where all that is said is what is not. Words that name no kind ("not
   * black") leave all there is to wear.
   */
  async splitNegation(unwanted: string): Promise<{ wanted: string; unwanted: string }> {
    const concepts = conceptsOf(unwanted, this.senses);
    const kind = concepts.at(-1)?.said;
    if (concepts.length < 2 || kind === undefined || !(await this.namesKind(kind))) {
      return { wanted: ANYTHING_TO_WEAR, unwanted };
    }
    return { wanted: kind, unwanted: unwanted.slice(0, unwanted.toLowerCase().lastIndexOf(kind)).trim() };
  }

  private async avoidedThing(words: string, kept?: Float32Array): Promise<AvoidedTerm> {
    const features = kept ?? (await this.encoders.encodeWords(words));
    const reading = await this.readWords(features);
    const concepts = conceptsOf(descriptiveTerms(words) ?? words, this.senses);
    return {
      features,
      comparesPictures: this.encoders.bundle.manifest.aligned,
      wordsQuery: prefixQuery(concepts),
      labels: labelsCoveringText(concepts, {
        kind: reading.typeProbabilities !== null,
        colors: reading.requested.colors,
      }),
      typeProbabilities: reading.typeProbabilities,
      roots: reading.queryRoots,
    };
  }

  private async namesKind(words: string): Promise<boolean> {
    const { requested: asked, namesOtherCategory: namesOtherThing } = await this.readWords(
      await this.encoders.encodeWords(words),
    );
    return asked.garmentType !== null || namesOtherThing;
  }

  private readWords(features: Float32Array): Promise<QueryInterpretation> {
    return this.interpret({ features: { text: features, image: null }, picture: null });
  }
}

interface Entry {
  en: string[];
  zh: string[];
  /** How titles say it, where that is not `en`. */
  words?: string[];
}

/** Materials, patterns and cuts first: what several lists know is what the first has. */
const LISTS = ['attributes', 'colors', 'categories', 'category-groups'] as const;

/** @throws Error of the file system where the lists are missing: they belong to the code */
export function readSynonyms(): Synonyms {
  const senses = new Map<string, readonly string[]>();
  for (const list of LISTS) {
    for (const { en, zh, words } of Object.values(read(list))) {
      const titles = words ?? en.slice(0, 1);
      for (const term of zh) if (!senses.has(term.toLowerCase())) senses.set(term.toLowerCase(), titles);
      // of one word only: what titles say in two is no synonym of either
      for (const term of words ?? []) if (!term.includes(' ') && !senses.has(term)) senses.set(term, titles);
    }
  }
  return senses;
}

function read(list: string): Record<string, Entry> {
  return JSON.parse(readFileSync(join(SHIPPED_MODELS, 'lexicon', `${list}.json`), 'utf8')) as Record<string, Entry>;
}

export function headLabels({ manifest }: Bundle): HeadLabels {
  const { category, color, gender, usage } = manifest.head.labels;
  return { category, color, gender, usage, categoryToGarmentType: manifest.categoryToGarmentType };
}
