// Which colour a garment has on the map, by the field that is chosen, and what the colours mean.
import type { EmbeddingMapQuery } from '../../../../client/insights.operations.js';
import { swatch } from '../../shared/swatches.js';
import type { Palette } from '../charts/palette.js';
import { inWords } from '../words/format.js';

export type MapPoint = EmbeddingMapQuery['insights']['embeddingMap'][number];

export const COLOR_FIELDS = ['garmentType', 'category', 'color', 'gender', 'usage', 'inStock'] as const;
export type ColorField = (typeof COLOR_FIELDS)[number];

export const FIELD_TITLES: Record<ColorField, string> = {
  garmentType: 'Type',
  category: 'Category',
  color: 'Colour',
  gender: 'For',
  usage: 'Use',
  inStock: 'In stock',
};

export interface Kind {
  /** What garments of it carry; OTHERS for all that have no colour of their own. */
  value: string;
  label: string;
  css: string;
  count: number;
}

export interface Coloring {
  /** The commonest first. */
  kinds: Kind[];
  /** For each point the place of its kind in `kinds`. */
  kindOf: Uint8Array;
}

const OTHERS = '';
/** Colours look like themselves, so more of them can be told apart. */
const MOST_COLORS = 24;

export function coloringOf(points: MapPoint[], field: ColorField, { kinds: hues, plain }: Palette): Coloring {
  const values = points.map((point) => valueOf(point, field));
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = field === 'color' ? MOST_COLORS : hues.length;
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
  const kinds = common.map(([value, count], i) => ({
    value,
    label: field === 'color' || field === 'category' ? value : inWords(value),
    css: field === 'color' ? (swatch(value) ?? plain) : hues[i]!,
    count,
  }));
  const places = new Map(kinds.map(({ value }, i) => [value, i]));
  const rest = kinds.length;
  const kindOf = Uint8Array.from(values, (value) => (value === null ? rest : (places.get(value) ?? rest)));
  const others = kindOf.reduce((sum, place) => sum + (place === rest ? 1 : 0), 0);
  if (others > 0) kinds.push({ value: OTHERS, label: 'Others, or not known', css: plain, count: others });
  return { kinds, kindOf };
}

function valueOf(point: MapPoint, field: ColorField): string | null {
  if (field === 'inStock') return point.inStock ? 'in stock' : 'sold out';
  return point[field];
}
