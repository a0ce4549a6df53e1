// Common parts of trousers and shorts: rise, legs, waistbands, pockets.
import {
  bothSides,
  button,
  fill,
  fold,
  line,
  type Mark,
  panel,
  type Part,
  rib,
  seam,
  shine,
  spread,
  stitch,
  type Tone,
  type Turn,
} from '../parts.js';
import { along, closed, flip, mirrored, open, p, type Point, polygon, type Run } from '../path.js';

/** Half widths and heights of the right leg on the canvas. */
export interface LegCut {
  waist: Point;
  hip: Point;
  crotch: number;
  knee: { y: number; outer: number; inner: number };
  hem: { y: number; outer: number; inner: number };
}

export function legPanels(leg: LegCut, marks: (turn: Turn) => Mark[]): Part[] {
  const outline: Run[] = [
    [p(0, leg.waist[1]), p(leg.waist[0] * 0.5, leg.waist[1] + 3), leg.waist],
    [leg.waist, leg.hip, p(leg.knee.outer, leg.knee.y), p(leg.hem.outer, leg.hem.y)],
    [p(leg.hem.outer, leg.hem.y), p((leg.hem.outer + leg.hem.inner) / 2, leg.hem.y + 6), p(leg.hem.inner, leg.hem.y)],
    [p(leg.hem.inner, leg.hem.y), p(leg.knee.inner, leg.knee.y), p(6, leg.crotch + 16), p(0, leg.crotch)],
    [p(0, leg.crotch), p(0, leg.waist[1])],
  ];
  return [-1, 1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    return panel(closed(...outline.map(turn)), {
      light: 'tube',
      grain: 0,
      marks: [...marks(turn), ...legFolds(leg, turn)],
    });
  });
}

function legFolds(leg: LegCut, turn: Turn): Mark[] {
  const { crotch, hip, knee, hem } = leg;
  const mid = (hem.outer + hem.inner) / 2;
  const long = hem.y - crotch > 230;
  const marks = [
    fold(turn([p(2, crotch - 8), p(hip[0] * 0.34, crotch - 26), p(hip[0] * 0.66, crotch - 52)]), 16),
    fold(turn([p(4, crotch + 4), p(hip[0] * 0.36, crotch + 6), p(hip[0] * 0.7, crotch - 8)]), 13),
    fold(
      turn([
        p(8, crotch + 16),
        p(knee.inner + 14, crotch + (knee.y - crotch) * 0.35),
        p(knee.inner + 16, crotch + (knee.y - crotch) * 0.7),
      ]),
      14,
    ),
    shine(
      turn([p(hip[0] * 0.56, crotch - 30), p((knee.outer + knee.inner) / 2, knee.y - 40), p(mid, hem.y - 20)]),
      26,
      1.2,
    ),
    fold(turn([p(hem.inner + 6, hem.y - 60), p(mid - 6, hem.y - 34), p(mid + 8, hem.y)]), 14),
  ];
  if (!long) return marks;
  return [
    ...marks,
    fold(
      turn([p(knee.inner, knee.y - 16), p((knee.outer + knee.inner) / 2, knee.y - 8), p(knee.outer - 14, knee.y - 26)]),
      13,
    ),
    fold(
      turn([
        p(knee.inner - 2, knee.y + 12),
        p((knee.outer + knee.inner) / 2 - 4, knee.y + 20),
        p(knee.outer - 20, knee.y + 12),
      ]),
      12,
    ),
    fold(turn([p(knee.outer, knee.y + 30), p(mid + 10, knee.y + 60), p(mid, knee.y + 110)]), 14),
  ];
}

/** Draws the waistband: flat with loops and a button, or gathered with a cord. */
export function waistband({ waist }: LegCut, height: number, gathered: boolean, tone: Tone = 'main'): Part[] {
  const [x, y] = waist;
  const bottom: Run = [p(x + 2, y + 2), p(x * 0.5, y + 7), p(0, y + 8)];
  const d = mirrored(
    [p(0, y - height + 8), p(x * 0.5, y - height + 7), p(x - 1, y - height)],
    [p(x - 1, y - height), p(x + 2, y + 2)],
    bottom,
  );
  const inside = mirrored(
    [p(0, y - height - 1), p(x * 0.5, y - height - 1), p(x - 1, y - height)],
    [p(x - 1, y - height), p(x * 0.5, y - height + 7), p(0, y - height + 8)],
  );
  const back = panel(inside, { tone: 'inside', light: 'none' });
  if (gathered) {
    const ribs = spread(-x, x, 27).map((at) => rib([p(at, y - height - 4), p(at * 1.02, y + 12)]));
    return [
      back,
      panel(d, { tone, marks: ribs }),
      line(open([p(-6, y - height / 2 + 8), p(-16, y + 24), p(-13, y + 62)]), 'white', 4.5),
      line(open([p(6, y - height / 2 + 8), p(14, y + 24), p(18, y + 54)]), 'white', 4.5),
    ];
  }
  const loops = [0.44, 0.8]
    .flatMap((share) => [share, -share])
    .map((share) =>
      panel(
        polygon(
          p(x * share - 5, y - height + 2),
          p(x * share + 5, y - height + 2),
          p(x * share + 5, y + 10),
          p(x * share - 5, y + 10),
        ),
        { tone, light: 'none' },
      ),
    );
  const edge: Point[] = [p(-x, y - 4), p(0, y + 2), p(x, y - 4)];
  return [back, panel(d, { tone, marks: [stitch(edge)] }), ...loops, button(p(0, y - height / 2 + 8), 6.5)];
}

/** Draws the fly: its curved stitching and the center seam. */
export function fly({ waist, crotch }: LegCut): Part[] {
  const y = waist[1] + 8;
  const end = y + (crotch - y) * 0.66;
  return [
    line(open([p(0, y), p(0, crotch)]), 'deep', 2.2),
    line(open([p(20, y), p(20, end - 26), p(12, end - 6), p(0, end + 4)]), 'stitch', 1.7, '5 3.5'),
  ];
}

/** Draws front pockets, scooped as on jeans or slanted as on trousers. */
export function frontPockets({ waist, hip }: LegCut, scooped: boolean): Mark[] {
  const [x, y] = waist;
  return bothSides((turn) => {
    const edge: Run = scooped
      ? [p(x * 0.5, y), p(x * 0.56, y + 40), p(x * 0.86, y + 58), p(hip[0] + 4, y + 56)]
      : [p(x * 0.7, y), along(p(x * 0.7, y), p(hip[0] + 6, y + 112), 0.5), p(hip[0] + 6, y + 112)];
    const inner = edge.map(([px, py]): Point => p(px - 6, py + (scooped ? 7 : 0)));
    return [seam(turn(edge)), stitch(turn(inner)), fold(turn(edge), 10)];
  });
}

interface Stripe {
  tone: Tone;
  width: number;
  /** Distance from the outer edge. */
  inset: number;
}

/** Draws a stripe down the outer side of a leg. */
export function sideStripes({ waist, hip, knee, hem }: LegCut, turn: Turn, { tone, width, inset }: Stripe): Mark[] {
  const run = (shift: number): Point[] => [
    p(waist[0] - shift, waist[1]),
    p(hip[0] - shift, hip[1]),
    p(knee.outer - shift, knee.y),
    p(hem.outer - shift, hem.y + 8),
  ];
  const [outer, inner] = [run(inset), run(inset + width).reverse()];
  const ends: Run[] = [
    [outer[3]!, inner[0]!],
    [inner[3]!, outer[0]!],
  ];
  return [fill(closed(turn(outer), turn(ends[0]!), turn(inner), turn(ends[1]!)), tone)];
}

/** Draws a cuff, turn-up or elastic at the end of both legs. */
export function legCuffs({ hem }: LegCut, height: number, ribbed: boolean, tone: Tone = 'main'): Part[] {
  const [outer, inner] = [hem.outer + (ribbed ? -2 : 3), hem.inner - (ribbed ? -2 : 3)];
  return [-1, 1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    const d = closed(
      turn([p(inner, hem.y - height), p((inner + outer) / 2, hem.y - height + 6), p(outer, hem.y - height)]),
      turn([p(outer, hem.y - height), p(outer, hem.y + 2)]),
      turn([p(outer, hem.y + 2), p((inner + outer) / 2, hem.y + 8), p(inner, hem.y + 2)]),
      turn([p(inner, hem.y + 2), p(inner, hem.y - height)]),
    );
    return panel(d, {
      tone,
      marks: ribbed ? spread(inner, outer, 11).map((x) => rib(turn([p(x, hem.y - height), p(x, hem.y + 10)]))) : [],
    });
  });
}
