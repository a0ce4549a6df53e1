// Layout of footwear: one shoe in profile in front of the second one, or a pair seen from above.
import { group, type Part } from '../parts.js';
import { type AboveStyle, pairFromAbove } from './shoes.above.js';
import { courtShoe, type CourtStyle } from './shoes.court.js';
import { formalShoe, type FormalStyle } from './shoes.formal.js';
import { openShoe, type OpenStyle } from './shoes.open.js';
import { runner, type RunnerStyle } from './shoes.runner.js';
import { sneaker, type SneakerStyle } from './shoes.sneaker.js';

export type ProfileStyle = SneakerStyle | RunnerStyle | FormalStyle | CourtStyle | OpenStyle;
export type ShoeStyle = ProfileStyle | AboveStyle;

export interface ShoesCut {
  kind: 'shoes';
  style: ShoeStyle;
  /** Parts in the second color, or attached parts. */
  detail: 'none' | 'contrast' | 'stripe' | 'bow' | 'buckle';
}

const PROFILES: Record<ProfileStyle, (detail: ShoesCut['detail']) => Part[]> = {
  sneaker: (detail) => sneaker('sneaker', detail),
  'high-top': (detail) => sneaker('high-top', detail),
  'slip-on': (detail) => sneaker('slip-on', detail),
  boat: (detail) => sneaker('boat', detail),
  runner: (detail) => runner('runner', detail),
  trainer: (detail) => runner('trainer', detail),
  oxford: (detail) => formalShoe('oxford', detail),
  brogue: (detail) => formalShoe('brogue', detail),
  monk: (detail) => formalShoe('monk', detail),
  loafer: (detail) => formalShoe('loafer', detail),
  chelsea: (detail) => formalShoe('chelsea', detail),
  pump: (detail) => courtShoe('pump', detail),
  'block-heel': (detail) => courtShoe('block-heel', detail),
  ballet: (detail) => courtShoe('ballet', detail),
  'pointed-flat': (detail) => courtShoe('pointed-flat', detail),
  'heeled-sandal': (detail) => openShoe('heeled-sandal', detail),
  wedge: (detail) => openShoe('wedge', detail),
};

export const isSeenFromAbove = (style: ShoeStyle): style is AboveStyle => !(style in PROFILES);

/** Draws a pair of shoes. In profile, toes point right and the ground is at y = 520. */
export function shoes({ style, detail }: ShoesCut): Part[] {
  if (isSeenFromAbove(style)) return pairFromAbove(style, detail);
  const shoe = PROFILES[style](detail);
  return [group('translate(34 -62) scale(.93) rotate(-3 0 520)', shoe), group('translate(-14 22)', shoe)];
}
