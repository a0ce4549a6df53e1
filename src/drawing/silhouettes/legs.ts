/** Owns what trousers and shorts share: rise, legs, waistbands, pockets. Knows nothing of colours. */
import { along, closed, flip, mirrored, type Point, type Run } from '../path.js';
import { bothSides, button, fill, fold, line, panel, rib, seam, shine, spread, stitch, type Mark, type Part, type Tone } from '../parts.js';
import { open } from '../path.js';

/** Half widths and heights of one leg on the canvas, the right one. */
export interface LegCut {
  waist: Point;
  hip: Point;
  crotch: number;
  knee: { y: number; outer: number; inner: number };
  hem: { y: number; outer: number; inner: number };
}

export function legPanels(leg: LegCut, marks: (turn: (run: Run) => Run) => Mark[]): Part[] {
  const outline: Run[] = [[[0, leg.waist[1]], [leg.waist[0] * 0.5, leg.waist[1] + 3], leg.waist], [leg.waist, leg.hip, [leg.knee.outer, leg.knee.y], [leg.hem.outer, leg.hem.y]], [[leg.hem.outer, leg.hem.y], [(leg.hem.outer + leg.hem.inner) / 2, leg.hem.y + 6], [leg.hem.inner, leg.hem.y]], [[leg.hem.inner, leg.hem.y], [leg.knee.inner, leg.knee.y], [6, leg.crotch + 16], [0, leg.crotch]], [[0, leg.crotch], [0, leg.waist[1]]]];
  return [-1, 1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    return panel(closed(...outline.map(turn)), { light: 'tube', grain: 0, marks: [...marks(turn), ...legFolds(leg, turn)] });
  });
}

function legFolds(leg: LegCut, turn: (run: Run) => Run): Mark[] {
  const { crotch, hip, knee, hem } = leg;
  const mid = (hem.outer + hem.inner) / 2;
  const long = hem.y - crotch > 230;
  const marks = [
    fold(turn([[2, crotch - 8], [hip[0] * 0.34, crotch - 26], [hip[0] * 0.66, crotch - 52]]), 16),
    fold(turn([[4, crotch + 4], [hip[0] * 0.36, crotch + 6], [hip[0] * 0.7, crotch - 8]]), 13),
    fold(turn([[8, crotch + 16], [knee.inner + 14, crotch + (knee.y - crotch) * 0.35], [knee.inner + 16, crotch + (knee.y - crotch) * 0.7]]), 14),
    shine(turn([[hip[0] * 0.56, crotch - 30], [(knee.outer + knee.inner) / 2, knee.y - 40], [mid, hem.y - 20]]), 26, 1.2),
    fold(turn([[hem.inner + 6, hem.y - 60], [mid - 6, hem.y - 34], [mid + 8, hem.y]]), 14),
  ];
  if (!long) return marks;
  return [
    ...marks,
    fold(turn([[knee.inner, knee.y - 16], [(knee.outer + knee.inner) / 2, knee.y - 8], [knee.outer - 14, knee.y - 26]]), 13),
    fold(turn([[knee.inner - 2, knee.y + 12], [(knee.outer + knee.inner) / 2 - 4, knee.y + 20], [knee.outer - 20, knee.y + 12]]), 12),
    fold(turn([[knee.outer, knee.y + 30], [mid + 10, knee.y + 60], [mid, knee.y + 110]]), 14),
  ];
}

/** The band at the waist: flat with loops and a button, or gathered with a cord. */
export function waistband({ waist }: LegCut, height: number, gathered: boolean, tone: Tone = 'main'): Part[] {
  const [x, y] = waist;
  const bottom: Run = [[x + 2, y + 2], [x * 0.5, y + 7], [0, y + 8]];
  const d = mirrored([[0, y - height + 8], [x * 0.5, y - height + 7], [x - 1, y - height]], [[x - 1, y - height], [x + 2, y + 2]], bottom);
  const inside = mirrored([[0, y - height - 1], [x * 0.5, y - height - 1], [x - 1, y - height]], [[x - 1, y - height], [x * 0.5, y - height + 7], [0, y - height + 8]]);
  const back = panel(inside, { tone: 'inside', light: 'none' });
  if (gathered) {
    const ribs = spread(-x, x, 27).map((at) => rib([[at, y - height - 4], [at * 1.02, y + 12]]));
    return [back, panel(d, { tone, marks: ribs }), line(open([[-6, y - height / 2 + 8], [-16, y + 24], [-13, y + 62]]), 'white', 4.5), line(open([[6, y - height / 2 + 8], [14, y + 24], [18, y + 54]]), 'white', 4.5)];
  }
  const loops = [0.44, 0.8].flatMap((share) => [share, -share]).map((share) => panel(closed([[x * share - 5, y - height + 2], [x * share + 5, y - height + 2]], [[x * share + 5, y - height + 2], [x * share + 5, y + 10]], [[x * share + 5, y + 10], [x * share - 5, y + 10]], [[x * share - 5, y + 10], [x * share - 5, y - height + 2]]), { tone, light: 'none' }));
  const edge: Point[] = [[-x, y - 4], [0, y + 2], [x, y - 4]];
  return [back, panel(d, { tone, marks: [stitch(edge)] }), ...loops, button([0, y - height / 2 + 8], 6.5)];
}

/** The fly: its curved stitching and the centre seam. */
export function fly({ waist, crotch }: LegCut): Part[] {
  const y = waist[1] + 8;
  const end = y + (crotch - y) * 0.66;
  return [
    line(open([[0, y], [0, crotch]]), 'deep', 2.2),
    line(open([[20, y], [20, end - 26], [12, end - 6], [0, end + 4]]), 'stitch', 1.7, '5 3.5'),
  ];
}

/** Front pockets, scooped as on jeans or slanted as on trousers. */
export function frontPockets({ waist, hip }: LegCut, scooped: boolean): Mark[] {
  const [x, y] = waist;
  return bothSides((turn) => {
    const edge: Run = scooped ? [[x * 0.5, y], [x * 0.56, y + 40], [x * 0.86, y + 58], [hip[0] + 4, y + 56]] : [[x * 0.7, y], along([x * 0.7, y], [hip[0] + 6, y + 112], 0.5), [hip[0] + 6, y + 112]];
    const inner = edge.map(([px, py]): Point => [px - 6, py + (scooped ? 7 : 0)]);
    return [seam(turn(edge)), stitch(turn(inner)), fold(turn(edge), 10)];
  });
}

/** A stripe down the outer side of both legs. */
export function sideStripes({ waist, hip, knee, hem }: LegCut, tone: Tone, width: number, inset: number): Mark[] {
  return bothSides((turn) => {
    const run = (shift: number): Point[] => [[waist[0] - shift, waist[1]], [hip[0] - shift, hip[1]], [knee.outer - shift, knee.y], [hem.outer - shift, hem.y + 8]];
    const [outer, inner] = [run(inset), run(inset + width).reverse()];
    return [fill(closed(turn(outer), turn([outer[3] as Point, inner[0] as Point]), turn(inner), turn([inner[3] as Point, outer[0] as Point])), tone)];
  });
}

/** A cuff, turn-up or elastic at the end of both legs. */
export function legCuffs({ hem }: LegCut, height: number, ribbed: boolean, tone: Tone = 'main'): Part[] {
  const [outer, inner] = [hem.outer + (ribbed ? -2 : 3), hem.inner - (ribbed ? -2 : 3)];
  return [-1, 1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    const d = closed(turn([[inner, hem.y - height], [(inner + outer) / 2, hem.y - height + 6], [outer, hem.y - height]]), turn([[outer, hem.y - height], [outer, hem.y + 2]]), turn([[outer, hem.y + 2], [(inner + outer) / 2, hem.y + 8], [inner, hem.y + 2]]), turn([[inner, hem.y + 2], [inner, hem.y - height]]));
    return panel(d, { tone, marks: ribbed ? spread(inner, outer, 11).map((x) => rib(turn([[x, hem.y - height], [x, hem.y + 10]]))) : [] });
  });
}
