// What a bundle made of a garment, in the form in which it is stored.
import { garmentRoots, garmentTypeProbabilities } from '../domain/inferred.facts.js';
import type { Bundle } from '../inference/bundle.js';
import type { EmbeddingToSave } from '../store/embedding.save.js';
import { readingLabels } from './bundle.labels.js';
import type { DraftEmbedding, GarmentDraft } from './garment.draft.js';

export function embeddingToSave(
  bundle: Bundle,
  { said, wordsHash, imageHash }: GarmentDraft,
  { features, reading }: DraftEmbedding,
): EmbeddingToSave {
  const labels = readingLabels(bundle);
  return {
    model: bundle.id,
    text: features.text,
    image: features.image,
    wordsHash,
    imageHash,
    typeProbabilities: garmentTypeProbabilities(said, reading, labels),
    roots: garmentRoots(said, reading, labels),
  };
}
