// How embeddings are written: with their garments, in the caller's transaction.
import { FIT_OUTPUTS, type LabelRoots } from '../domain/label.fit.js';
import type { Statement } from './database.js';
import { Parameters } from './garment.conditions.js';
import { concatenated, requireDirection, signsOf, vectorBytes } from './vector.wire.js';

/** What one model made of a garment. Features have length 1; null where the garment lacks that side, but not both. */
export interface EmbeddingToSave {
  /** name@version of the bundle. */
  model: string;
  text: Float32Array | null;
  image: Float32Array | null;
  /** Hashes of the words and the picture that were embedded. */
  wordsHash: string;
  imageHash: string | null;
  /** p(type | garment) in the order of GARMENT_TYPES: one-hot where it is known, all 0 where it is none of the ten. */
  typeProbabilities: Float32Array;
  roots: LabelRoots;
}

const ROOT_COLUMNS = FIT_OUTPUTS.map((output) => `${output}_roots`);
const COLUMNS = [
  'embedding',
  'has_text',
  'has_image',
  'picture_signs',
  'type_probabilities',
  ...ROOT_COLUMNS,
  'words_hash',
  'image_hash',
  'embedded_at',
];

/**
 * Values as parameters of their own: bytes within JSON or an array would have to be text.
 * @param rows at least one, each garment once for each model
 * @throws RangeError where features are missing, zero or not finite
 */
export function upsertEmbeddings(
  storeId: string,
  rows: { garmentId: string; embedding: EmbeddingToSave }[],
): Statement {
  const parameters = new Parameters();
  const store = parameters.add(storeId);
  const values = rows.map(({ garmentId, embedding }) =>
    [store, parameters.add(garmentId), parameters.add(embedding.model), ...columnValues(embedding, parameters)].join(
      ', ',
    ),
  );
  const text = `
    insert into garment_embeddings (store_id, garment_id, model, ${COLUMNS.join(', ')})
    values ${values.map((row) => `(${row})`).join(', ')}
    on conflict (store_id, garment_id, model) do update set
      ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return { text, values: parameters.values };
}

/** @throws RangeError where features are missing, zero or not finite */
export function requireFeatures({ text, image }: Pick<EmbeddingToSave, 'text' | 'image'>): void {
  if (!text && !image) throw new RangeError('an embedding needs the features of words or of a picture');
  if (text) requireDirection(text, 'the text features');
  if (image) requireDirection(image, 'the picture features');
}

/** In the order of COLUMNS. */
function columnValues({ text, image, ...embedding }: EmbeddingToSave, parameters: Parameters): string[] {
  requireFeatures({ text, image });
  const vector = (values: Float32Array): string => `${parameters.add(vectorBytes(values))}::vector`;
  return [
    vector(concatenated(text, image)),
    parameters.add(text !== null),
    parameters.add(image !== null),
    `${parameters.add(image && signsOf(image))}::varbit`,
    vector(embedding.typeProbabilities),
    ...FIT_OUTPUTS.map((output) => vector(embedding.roots[output])),
    parameters.add(embedding.wordsHash),
    parameters.add(embedding.imageHash),
    // the clock's and not the transaction's: writers of one garment take turns, and the last of them is to be the newest
    'clock_timestamp()',
  ];
}
