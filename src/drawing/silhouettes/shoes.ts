/** Owns how footwear is laid out: one shoe in profile before its pair, or a pair seen from above. Knows nothing of colours. */
import { group, type Part } from '../parts.js';
import { casualShoe, type CasualStyle } from './shoes.casual.js';
import { dressShoe, type DressStyle } from './shoes.dress.js';
import { pairFromAbove, type AboveStyle } from './shoes.above.js';
import { openShoe, type OpenStyle } from './shoes.open.js';

export type ShoeStyle = CasualStyle | DressStyle | OpenStyle | AboveStyle;

export interface ShoesCut {
  kind: 'shoes';
  style: ShoeStyle;
  /** What is of the second colour or set on. */
  detail: 'none' | 'contrast' | 'stripe' | 'bow' | 'buckle';
}

const CASUAL: readonly string[] = ['sneaker', 'high-top', 'slip-on', 'runner', 'trainer', 'boat'] satisfies CasualStyle[];
const DRESS: readonly string[] = ['oxford', 'brogue', 'monk', 'loafer', 'chelsea', 'pump', 'block-heel', 'ballet', 'pointed-flat'] satisfies DressStyle[];

const ABOVE: readonly string[] = ['flip-flop', 'slide', 'strappy', 'sport-sandal', 'gladiator'] satisfies AboveStyle[];

/** In profile, toes point right; the ground is at y = 520. */
export function shoes({ style, detail }: ShoesCut): Part[] {
  if (isSeenFromAbove(style)) return pairFromAbove(style, detail);
  const shoe = isCasual(style) ? casualShoe(style, detail) : isDress(style) ? dressShoe(style, detail) : openShoe(style, detail);
  return [group('translate(34 -62) scale(.93) rotate(-3 0 520)', shoe), group('translate(-14 22)', shoe)];
}

export const isSeenFromAbove = (style: ShoeStyle): style is AboveStyle => ABOVE.includes(style);
const isCasual = (style: ShoeStyle): style is CasualStyle => CASUAL.includes(style);
const isDress = (style: ShoeStyle): style is DressStyle => DRESS.includes(style);
