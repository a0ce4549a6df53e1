// Geometric prints on the chest.
import { fill, type Mark } from '../parts.js';
import { closed, ellipse, p, polygon } from '../path.js';
import type { Trunk } from '../torso.js';

export type Motif = 'none' | 'sun' | 'peaks' | 'waves' | 'badge';

export function motifMarks(motif: Motif, { armpit }: Trunk): Mark[] {
  const y = armpit[1] + 46;
  switch (motif) {
    case 'none':
      return [];
    case 'sun':
      return sun(y);
    case 'peaks':
      return peaks(y);
    case 'waves':
      return [-30, -6, 18].map((down) => wave(y + down));
    case 'badge':
      return [fill(ellipse(p(armpit[0] * 0.48, armpit[1] - 22), 13, 13), 'second')];
  }
}

/** Draws a disc behind three bars of cloth, each as long as its chord. */
function sun(y: number): Mark[] {
  const radius = 54;
  const bars = [6, 20, 33].map((down, index) => {
    const half = Math.sqrt(radius ** 2 - down ** 2) + 1;
    const [top, bottom] = [y + down, y + down + 4 + index * 2] as const;
    return fill(polygon(p(-half, top), p(half, top), p(half, bottom), p(-half, bottom)), 'main');
  });
  return [fill(ellipse(p(0, y), radius, radius), 'second'), ...bars];
}

const peaks = (y: number): Mark[] => [
  fill(polygon(p(-74, y + 48), p(-20, y - 46), p(34, y + 48)), 'second'),
  fill(polygon(p(-8, y + 48), p(34, y - 16), p(76, y + 48)), 'accent'),
  fill(ellipse(p(44, y - 44), 14, 14), 'second'),
];

function wave(y: number): Mark {
  const crest = [p(-72, y), p(-36, y - 14), p(0, y), p(36, y + 14), p(72, y)];
  const below = crest.map(([px, py]) => p(px, py + 12)).reverse();
  return fill(closed(crest, [p(72, y), p(72, y + 12)], below, [p(-72, y + 12), p(-72, y)]), 'second');
}
