// Query understanding: requested types, colors and labels of a request, and the terms that it avoids.
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

/** Search text of a request that has only negated terms, such as "not black". */
const ANYTHING_TO_WEAR = 'clothes';

export class QueryUnderstander {
  constructor(
    private readonly encoders: Pick<Encoders, 'bundle' | 'encodeWords' | 'readHead'>,
    private readonly synonyms: Synonyms,
  ) {}

  /** Classifies text, picture and both together, and derives the requested garment from them. */
  async interpret({ features, picture: encodedPicture }: EncodedQuery): Promise<QueryInterpretation> {
    const { encoders } = this;
    const classify = async (modality: Features): Promise<Classification | null> =>
      modality.text || modality.image ? encoders.readHead(modality) : null;
    const [words, classified, both] = await Promise.all([
      classify({ text: features.text, image: null }),
      classify({ text: null, image: features.image }),
      encoders.readHead(features),
    ]);
    const labels = headLabels(encoders.bundle);
    const knownType = encodedPicture?.shownType;
    const picture = classified && knownType ? classificationOfType(classified, knownType, labels) : classified;
    const isBlank = encodedPicture?.isBlank ?? false;
    return interpretQuery({ words, picture, both, isBlank }, labels, encoders.bundle.manifest.thresholds);
  }

  /**
   * Returns the avoided terms of a text for the search.
   * @param knownFeatures features of the terms in their order, if they exist already
   */
  encodeAvoided(unwanted: string | null, knownFeatures: readonly Float32Array[] = []): Promise<AvoidedTerm[]> {
    return Promise.all(avoidedTerms(unwanted).map((term, i) => this.encodeAvoidedTerm(term, knownFeatures[i])));
  }

  /**
   * Splits a text that has only negated terms: "not black shoes" asks for shoes and avoids black. If its last word
   * names no category ("not black"), the wanted text is any clothes.
   */
  async splitNegation(unwanted: string): Promise<{ wanted: string; unwanted: string }> {
    const concepts = conceptsOf(unwanted, this.synonyms);
    const lastTerm = concepts.at(-1)?.said;
    if (concepts.length < 2 || lastTerm === undefined || !(await this.namesCategory(lastTerm))) {
      return { wanted: ANYTHING_TO_WEAR, unwanted };
    }
    const start = unwanted.toLowerCase().lastIndexOf(lastTerm);
    return { wanted: lastTerm, unwanted: unwanted.slice(0, start).trim() };
  }

  private async encodeAvoidedTerm(term: string, knownFeatures?: Float32Array): Promise<AvoidedTerm> {
    const features = knownFeatures ?? (await this.encoders.encodeWords(term));
    const interpretation = await this.interpretText(features);
    const concepts = conceptsOf(descriptiveTerms(term) ?? term, this.synonyms);
    return {
      features,
      comparesPictures: this.encoders.bundle.manifest.aligned,
      wordsQuery: prefixQuery(concepts),
      labels: labelsCoveringText(concepts, {
        kind: interpretation.typeProbabilities !== null,
        colors: interpretation.requested.colors,
      }),
      typeProbabilities: interpretation.typeProbabilities,
      roots: interpretation.queryRoots,
    };
  }

  private async namesCategory(term: string): Promise<boolean> {
    const features = await this.encoders.encodeWords(term);
    const { requested, namesOtherCategory } = await this.interpretText(features);
    return requested.garmentType !== null || namesOtherCategory;
  }

  private interpretText(features: Float32Array): Promise<QueryInterpretation> {
    return this.interpret({ features: { text: features, image: null }, picture: null });
  }
}

/** An entry of a lexicon file. */
interface LexiconEntry {
  en: string[];
  zh: string[];
  /** The words that titles use. Absent: the first of `en`. */
  words?: string[];
}

/** The lexicon files. The first file that has a term defines it, so materials, patterns and cuts win. */
const LISTS = ['attributes', 'colors', 'categories', 'category-groups'] as const;

/** Reads the synonyms of the lexicon files. @throws Error of the file system for a missing file */
export function readSynonyms(): Synonyms {
  const synonyms = new Map<string, readonly string[]>();
  for (const list of LISTS) {
    for (const { en, zh, words } of Object.values(readLexicon(list))) {
      const titles = words ?? en.slice(0, 1);
      for (const term of zh) if (!synonyms.has(term.toLowerCase())) synonyms.set(term.toLowerCase(), titles);
      // only single words: a phrase of two words is not a synonym of either word
      for (const term of words ?? []) if (!term.includes(' ') && !synonyms.has(term)) synonyms.set(term, titles);
    }
  }
  return synonyms;
}

function readLexicon(list: string): Record<string, LexiconEntry> {
  return JSON.parse(readFileSync(join(SHIPPED_MODELS, 'lexicon', `${list}.json`), 'utf8')) as Record<
    string,
    LexiconEntry
  >;
}

/** Returns the labels that a bundle's classifier distinguishes. */
export function headLabels({ manifest }: Bundle): HeadLabels {
  const { category, color, gender, usage } = manifest.head.labels;
  return { category, color, gender, usage, categoryToGarmentType: manifest.categoryToGarmentType };
}
