// The colors of garments on the map, by a selected field.
import type { EmbeddingMapQuery } from '../../../../client/insights.operations.js';
import { swatch } from '../../shared/swatches.js';
import type { Palette } from '../charts/palette.js';
import { readable } from '../words/format.js';

export type MapPoint = EmbeddingMapQuery['insights']['embeddingMap'][number];

export const COLOR_FIELDS = ['garmentType', 'category', 'color', 'gender', 'usage', 'inStock'] as const;
export type ColorField = (typeof COLOR_FIELDS)[number];

export const FIELD_TITLES: Record<ColorField, string> = {
  garmentType: 'Type',
  category: 'Category',
  color: 'Color',
  gender: 'Gender',
  usage: 'Usage',
  inStock: 'In stock',
};

export interface Kind {
  /** The value of the field. OTHERS for all values without their own color. */
  value: string;
  label: string;
  css: string;
  count: number;
}

export interface Coloring {
  /** The most frequent kind first. */
  kinds: Kind[];
  /** The index in `kinds` of each point's kind. */
  kindOf: Uint8Array;
}

const OTHERS = '';
/** The field `color` shows real colors, so readers can distinguish more of them. */
const MAX_COLORS = 24;

export function coloringOf(points: MapPoint[], field: ColorField, { kinds: hues, plain }: Palette): Coloring {
  const values = points.map((point) => valueOf(point, field));
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const maxKinds = field === 'color' ? MAX_COLORS : hues.length;
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, maxKinds);
  const kinds = common.map(([value, count], i) => ({
    value,
    label: field === 'color' || field === 'category' ? value : readable(value),
    css: field === 'color' ? (swatch(value) ?? plain) : hues[i]!,
    count,
  }));
  const indexes = new Map(kinds.map(({ value }, i) => [value, i]));
  const rest = kinds.length;
  const kindOf = Uint8Array.from(values, (value) => (value === null ? rest : (indexes.get(value) ?? rest)));
  const others = kindOf.reduce((sum, index) => sum + (index === rest ? 1 : 0), 0);
  if (others > 0) kinds.push({ value: OTHERS, label: 'Other or unknown', css: plain, count: others });
  return { kinds, kindOf };
}

function valueOf(point: MapPoint, field: ColorField): string | null {
  if (field === 'inStock') return point.inStock ? 'in stock' : 'sold out';
  return point[field];
}
