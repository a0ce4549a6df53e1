// Placement of a cut garment on the canvas: bounds, scale and ground shadow.
import type { Part } from './parts.js';
import { isSeenFromAbove } from './silhouettes/shoes.js';
import type { GarmentCut } from './style.js';

export interface Placing {
  scale: number;
  /** The point of the cut that is placed in the middle of the canvas. */
  center: readonly [x: number, y: number];
  /** Height and half width of the ground shadow, for garments that stand. */
  ground?: { y: number; width: number };
}

/** The area of the 600 × 800 canvas that a garment may fill. */
const FRAME = { width: 520, height: 690 } as const;
/** Maximum scale, so that shorts stay smaller than coats. */
const LARGEST = 1.3;

/** Returns the placement. Shoes and hats are cut in their final size; everything else is scaled to fit the frame. */
export function placingOf(cut: GarmentCut, parts: readonly Part[]): Placing {
  if (cut.kind === 'shoes')
    return isSeenFromAbove(cut.style)
      ? { scale: 1.05, center: [0, 412] }
      : { scale: 1.06, center: [8, 424], ground: { y: 545, width: 262 } };
  const { left, right, top, bottom } = boundsOf(parts);
  if (cut.kind === 'hat')
    return { scale: 1.06, center: [0, (top + bottom) / 2], ground: { y: bottom - 12, width: (right - left) * 0.5 } };
  const scale = Math.min(LARGEST, FRAME.width / (right - left), FRAME.height / (bottom - top));
  return { scale, center: [0, (top + bottom) / 2] };
}

interface Bounds {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Returns the bounding box of all panels and lines, from the points of their curves. */
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
