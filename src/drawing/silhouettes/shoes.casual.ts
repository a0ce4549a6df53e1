/** Owns the cut of sneakers, runners and other rubber-soled shoes in profile, toe to the right. Knows nothing of colours. */
import { closed, ellipse, open, type Point, type Run } from '../path.js';
import { button, fill, fold, line, panel, seam, shine, spread, stitch, type Mark, type Part, type Tone } from '../parts.js';
import type { ShoesCut } from './shoes.js';

export type CasualStyle = 'sneaker' | 'high-top' | 'slip-on' | 'runner' | 'trainer' | 'boat';

export function casualShoe(style: CasualStyle, detail: ShoesCut['detail']): Part[] {
  switch (style) {
    case 'sneaker':
      return laced(LOW, detail);
    case 'high-top':
      return laced(HIGH, detail);
    case 'slip-on':
      return slipOn(detail);
    case 'boat':
      return boat();
    case 'runner':
    case 'trainer':
      return runner(style, detail);
  }
}

interface Lasted {
  collar: Run;
  tongue: Point[];
  /** Eyelets from the throat upwards. */
  eyelets: [Point, Point];
  count: number;
}

const LOW: Lasted = { collar: [[-208, 372], [-150, 396], [-92, 376], [-62, 340]], tongue: [[-84, 372], [-80, 316], [-44, 312], [46, 396]], eyelets: [[48, 404], [-52, 344]], count: 5 };
const HIGH: Lasted = { collar: [[-196, 262], [-150, 274], [-104, 264], [-78, 254]], tongue: [[-100, 262], [-94, 226], [-56, 224], [46, 396]], eyelets: [[48, 404], [-68, 262]], count: 8 };

const TOE: Run = [[44, 392], [110, 420], [176, 432], [220, 462], [226, 490]];
const SOLE: Run[] = [[[-214, 476], [-60, 486], [90, 486], [228, 474]], [[228, 474], [238, 496], [222, 520]], [[222, 520], [0, 522], [-204, 520]], [[-204, 520], [-220, 500], [-214, 476]]];

function laced(last: Lasted, detail: ShoesCut['detail']): Part[] {
  const [back] = last.collar as [Point];
  const edge = last.collar[last.collar.length - 1] as Point;
  const heel: Run = [[-212, 492], [-216, 440], back];
  const upper = closed([[226, 490], [-212, 492]], heel, last.collar, [edge, [(edge[0] + 44) / 2 + 4, (edge[1] + 392) / 2 - 4], [44, 392]], TOE);
  const quarter: Run = [[44, 404], [20, 440], [30, 492]];
  return [
    panel(closed(last.tongue, [last.tongue[3] as Point, [-20, 420], last.tongue[0] as Point]), { light: 'drop', tone: detail === 'contrast' ? 'second' : 'main' }),
    panel(closed(last.collar, [edge, [edge[0] - 30, edge[1] + 6], [back[0] + 30, back[1] - 6], back]), { tone: 'inside', light: 'none' }),
    panel(upper, { light: 'drop', grain: 6, marks: [...upperMarks(last, quarter), ...stripeMarks(detail)] }),
    ...toeCap('white'),
    panel(closed([[-214, 478], [-218, 430], [-212, 408]], [[-212, 408], [-180, 420], [-176, 480]], [[-176, 480], [-214, 478]]), { tone: detail === 'contrast' ? 'second' : 'main', light: 'none' }),
    ...rubberSole('sole'),
    ...laces(last.eyelets, last.count, 'white'),
  ];
}

function upperMarks({ collar, eyelets: [low, high] }: Lasted, quarter: Run): Mark[] {
  const facing: Run = [[low[0] + 6, low[1] + 12], [(low[0] + high[0]) / 2 - 14, (low[1] + high[1]) / 2 + 22], [high[0] - 26, high[1] + 26], [high[0] - 34, high[1] - 4]];
  return [
    seam(quarter), stitch(quarter.map(([x, y]): Point => [x - 6, y])),
    seam(facing), stitch(facing.map(([x, y]): Point => [x - 5, y + 5])),
    stitch(collar.map(([x, y]): Point => [x, y + 10])),
    fold([[-210, 470], [-60, 480], [110, 482], [220, 474]], 26, 1.3),
    fold([[40, 404], [70, 430], [84, 470]], 16),
    shine([[-196, 410], [-150, 424], [-80, 426]], 26, 1.5), shine([[80, 424], [140, 436], [190, 452]], 18, 1.5),
  ];
}

function stripeMarks(detail: ShoesCut['detail']): Mark[] {
  if (detail !== 'stripe') return [];
  return [0, 34, 68].map((right) => fill(closed([[-110 + right, 486], [-70 + right, 398]], [[-70 + right, 398], [-52 + right, 402]], [[-52 + right, 402], [-88 + right, 488]], [[-88 + right, 488], [-110 + right, 486]]), 'second'));
}

function toeCap(tone: Tone): Part[] {
  return [panel(closed([[146, 428], [184, 436], [222, 462], [230, 488]], [[230, 488], [150, 488]], [[150, 488], [136, 458], [146, 428]]), { tone, light: 'drop' })];
}

function rubberSole(tone: Tone): Part[] {
  return [panel(closed(...SOLE), { tone, light: 'drop', marks: [stitch([[-212, 486], [0, 494], [232, 484]]), { kind: 'rib', layers: [open([[-214, 506], [0, 510], [232, 504]])] }] })];
}

/** Crossed cords between the two rows of eyelets, of which one is seen, and a bow. */
export function laces([low, high]: [Point, Point], count: number, tone: Tone): Part[] {
  const holes = spread(0, 1, count).map((share): Point => [low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share]);
  const bars = holes.flatMap(([x, y], index): Part[] => {
    const bar = open([[x, y], [x + 14, y - 18], [x + 36, y - 26 + (index % 2) * 3]]);
    return [line(bar, 'deep', 8.5), line(bar, tone, 6.5)];
  });
  const top = holes[holes.length - 1] as Point;
  const knot: Point = [top[0] + 26, top[1] - 22];
  const loops: Run[] = [[knot, [knot[0] + 30, knot[1] - 20], [knot[0] + 52, knot[1] + 6], [knot[0] + 22, knot[1] + 12], knot], [knot, [knot[0] - 26, knot[1] - 8], [knot[0] - 40, knot[1] + 22], [knot[0] - 12, knot[1] + 16], knot]];
  return [...bars, ...holes.map((at) => button(at, 3.2, 'metal')), ...loops.flatMap((run): Part[] => [line(open(run), 'deep', 7), line(open(run), tone, 5)])];
}

function slipOn(detail: ShoesCut['detail']): Part[] {
  const collar: Run = [[-208, 384], [-150, 410], [-80, 410], [0, 386], [18, 376]];
  const upper = closed([[226, 490], [-212, 492]], [[-212, 492], [-216, 440], [-208, 384]], collar, [[18, 376], [90, 404], [170, 428], [220, 462], [226, 490]]);
  return [
    panel(closed(collar, [[18, 376], [-60, 374], [-150, 372], [-208, 384]]), { tone: 'inside', light: 'none' }),
    panel(upper, { light: 'drop', grain: 4, marks: [stitch(collar.map(([x, y]): Point => [x, y + 10])), seam([[-14, 396], [-30, 440], [-20, 490]]), fold([[-210, 470], [-60, 480], [110, 482], [220, 474]], 26, 1.3), shine([[40, 404], [110, 428], [180, 448]], 24, 1.5), shine([[-190, 420], [-140, 436], [-80, 438]], 20, 1.4)] }),
    panel(closed([[-62, 411], [-40, 408], [-18, 396]], [[-18, 396], [0, 424], [-4, 458]], [[-4, 458], [-40, 452], [-62, 411]]), { tone: detail === 'contrast' ? 'second' : 'dark', light: 'none', marks: spread(-58, -6, 7).map((x): Mark => ({ kind: 'rib', layers: [open([[x - 6, 384], [x + 14, 464]])] })) }),
    ...(detail === 'stripe' ? [panel(closed([[-214, 470], [0, 480], [228, 472]], [[228, 472], [228, 486], [0, 490], [-214, 486]], [[-214, 486], [-214, 470]]), { tone: 'second', light: 'none', edge: false })] : []),
    ...rubberSole('sole'),
  ];
}

function boat(): Part[] {
  const collar: Run = [[-206, 392], [-150, 414], [-90, 412], [-40, 394]];
  const upper = closed([[222, 490], [-212, 492]], [[-212, 492], [-216, 440], [-206, 392]], collar, [[-40, 394], [0, 378], [40, 388]], [[40, 388], [120, 420], [190, 440], [222, 490]]);
  const apron: Run = [[36, 430], [90, 420], [150, 426], [192, 448], [204, 462]];
  return [
    panel(closed(collar, [[-40, 394], [-90, 384], [-160, 380], [-206, 392]]), { tone: 'inside', light: 'none' }),
    panel(upper, { light: 'drop', marks: [seam(apron), stitch(apron.map(([x, y]): Point => [x, y + 7])), seam([[-30, 400], [-4, 430], [36, 432]]), seam([[-60, 404], [-70, 440], [-60, 490]]), line2([[-200, 412], [-150, 428], [-90, 428], [-30, 412]]), fold([[-210, 472], [-60, 482], [110, 484], [216, 476]], 26, 1.3), shine([[50, 410], [110, 430], [170, 446]], 18, 1.5)] }),
    ...laces([[34, 416], [-6, 400]], 2, 'leather'),
    ...rubberSole('sole'),
  ];
}

const line2 = (run: Run): Mark => ({ kind: 'fill', tone: 'leather', layers: [closed(run, [run[run.length - 1] as Point, ...[...run].reverse().map(([x, y]): Point => [x, y + 5])])] });

/** Sports shoe: thick wedge of foam, overlays, mesh. */
function runner(style: 'runner' | 'trainer', detail: ShoesCut['detail']): Part[] {
  const chunky = style === 'trainer';
  const collar: Run = [[-214, 346], [-186, 372], [-138, 384], [-94, 370], [-70, 336]];
  const upper = closed([[230, 482], [-206, 478]], [[-206, 478], [-208, 430], [-200, 390], [-214, 346]], collar, [[-70, 336], [-10, 360], [44, 388]], [[44, 388], [120, 416], [190, 438], [230, 482]]);
  const foam: Run[] = [[[-212, 462], [-110, 474], [20, 486], [130, 484], [236, 466]], [[236, 466], [246, 482], [224, 510]], [[224, 510], [150, 520], [60, 516]], [[60, 516], [0, chunky ? 518 : 510], [-60, 518]], [[-60, 518], [-140, 526], [-212, 518]], [[-212, 518], [-230, 490], [-212, 462]]];
  const wave: Run = [[-206, 430], [-150, 462], [-70, 468], [10, 430], [44, 396]];
  const overlay = closed(wave, [[44, 396], [62, 410], [20, 456], [-60, 486]], [[-60, 486], [-210, 476], [-206, 430]]);
  const toe = closed([[150, 422], [196, 440], [234, 482]], [[234, 482], [130, 486]], [[130, 486], [168, 462], [150, 422]]);
  const second: Tone = detail === 'none' ? 'dark' : 'second';
  return [
    panel(closed([[-96, 372], [-92, 310], [-56, 306], [46, 392]], [[46, 392], [-20, 410], [-96, 372]]), { light: 'drop', tone: second }),
    panel(closed(collar, [[-70, 336], [-120, 346], [-180, 338], [-214, 346]]), { tone: 'inside', light: 'none' }),
    panel(upper, { light: 'drop', grain: 10, marks: [stitch(collar.map(([x, y]): Point => [x + 2, y + 12])), fold([[-200, 466], [-60, 474], [110, 480], [224, 470]], 22, 1.2), shine([[70, 420], [130, 436], [180, 452]], 22, 1.6)] }),
    panel(overlay, { tone: second, light: 'drop', marks: [stitch(wave.map(([x, y]): Point => [x - 2, y + 8]))] }),
    panel(toe, { tone: second, light: 'drop' }),
    panel(closed([[-212, 352], [-190, 374], [-170, 382]], [[-170, 382], [-180, 430], [-206, 470]], [[-206, 470], [-206, 410], [-212, 352]]), { tone: detail === 'contrast' ? 'main' : second, light: 'drop' }),
    ...(detail === 'stripe' ? [0, 32, 64].map((right) => panel(closed([[-96 + right, 470], [-50 + right, 392]], [[-50 + right, 392], [-34 + right, 396]], [[-34 + right, 396], [-76 + right, 474]], [[-76 + right, 474], [-96 + right, 470]]), { tone: 'white', light: 'none' })) : []),
    panel(closed(...foam), { tone: 'sole', light: 'drop', marks: [{ kind: 'rib', layers: [open([[-216, 490], [-100, 498], [20, 502], [130, 500], [236, 486]])] }, ...(chunky ? spread(-190, -40, 6).map((x): Mark => ({ kind: 'rib', layers: [open([[x, 482], [x - 8, 506]])] })) : [])] }),
    panel(closed([[-214, 512], [-140, 522], [-60, 514]], [[-60, 514], [-62, 522], [-140, 532], [-206, 526]], [[-206, 526], [-214, 512]]), { tone: second === 'dark' ? 'deep' : 'second', light: 'none' }),
    panel(closed([[60, 512], [150, 518], [226, 506]], [[226, 506], [214, 520], [150, 528], [62, 520]], [[62, 520], [60, 512]]), { tone: second === 'dark' ? 'deep' : 'second', light: 'none' }),
    ...laces([[50, 400], [-58, 338]], 6, detail === 'none' ? 'white' : 'white'),
  ];
}
void ellipse;
