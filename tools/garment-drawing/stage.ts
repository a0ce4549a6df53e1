/** Owns how a cut garment is placed on the canvas: its bounds, its size, what it stands on. Knows nothing of cloth or colours. */
import type { Part } from './parts.js';
import { isSeenFromAbove } from './silhouettes/shoes.js';
import type { GarmentCut } from './style.js';

export interface Placing {
  scale: number;
  /** The point of the cut that comes to the middle of the canvas. */
  centre: readonly [x: number, y: number];
  /** Height and half width of the shadow of what stands. */
  ground?: { y: number; width: number };
}

/** What a garment may fill of the 600 × 800 canvas. */
const FRAME = { width: 520, height: 690 } as const;
/** No garment is shown larger than this, so that shorts stay smaller than coats. */
const LARGEST = 1.3;

/** Shoes and hats are cut to the size that they are shown at; everything else is fitted to its frame. */
export function placingOf(cut: GarmentCut, parts: readonly Part[]): Placing {
  if (cut.kind === 'shoes')
    return isSeenFromAbove(cut.style)
      ? { scale: 1.05, centre: [0, 412] }
      : { scale: 1.06, centre: [8, 424], ground: { y: 545, width: 262 } };
  const { left, right, top, bottom } = boundsOf(parts);
  if (cut.kind === 'hat')
    return { scale: 1.06, centre: [0, (top + bottom) / 2], ground: { y: bottom - 12, width: (right - left) * 0.5 } };
  const scale = Math.min(LARGEST, FRAME.width / (right - left), FRAME.height / (bottom - top));
  return { scale, centre: [0, (top + bottom) / 2] };
}

interface Bounds {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The box around all panels and lines, taken from the points of their curves. */
function boundsOf(parts: readonly Part[]): Bounds {
  const box: Bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const part of parts) {
    if (part.kind !== 'panel' && part.kind !== 'line') continue;
    const numbers = (part.d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    for (let index = 0; index + 1 < numbers.length; index += 2) widen(box, numbers[index]!, numbers[index + 1]!);
  }
  return box;
}

function widen(box: Bounds, x: number, y: number): void {
  box.left = Math.min(box.left, x);
  box.right = Math.max(box.right, x);
  box.top = Math.min(box.top, y);
  box.bottom = Math.max(box.bottom, y);
}
