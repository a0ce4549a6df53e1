/** Owns the cut of leather shoes, pumps and flats in profile, toe to the right. Knows nothing of colours. */
import { closed, ellipse, open, type Point, type Run } from '../path.js';
import { button, fill, fold, line, panel, seam, shine, spread, stitch, type Mark, type Part } from '../parts.js';
import { laces } from './shoes.casual.js';
import type { ShoesCut } from './shoes.js';

export type DressStyle = 'oxford' | 'brogue' | 'monk' | 'loafer' | 'chelsea' | 'pump' | 'block-heel' | 'ballet' | 'pointed-flat';

export function dressShoe(style: DressStyle, detail: ShoesCut['detail']): Part[] {
  switch (style) {
    case 'oxford':
    case 'brogue':
      return laceUp(style);
    case 'monk':
      return monk();
    case 'loafer':
      return loafer(detail);
    case 'chelsea':
      return chelsea();
    case 'pump':
    case 'block-heel':
      return pump(style, detail);
    case 'ballet':
    case 'pointed-flat':
      return flat(style, detail);
  }
}

const WELT: Run[] = [[[-208, 488], [-60, 496], [100, 498], [238, 490]], [[238, 490], [242, 500], [230, 506]], [[230, 506], [110, 512], [-88, 506]], [[-88, 506], [-210, 500], [-208, 488]]];
const HEEL: Run[] = [[[-212, 496], [-86, 502]], [[-86, 502], [-92, 528]], [[-92, 528], [-208, 528]], [[-208, 528], [-212, 496]]];

const leatherSole = (): Part[] => [panel(closed(...HEEL), { tone: 'outsole', light: 'drop' }), panel(closed(...WELT), { tone: 'outsole', light: 'none', marks: [stitch([[-204, 494], [0, 502], [234, 496]])] })];

const gloss = (): Mark[] => [
  fold([[-204, 476], [-60, 488], [110, 490], [232, 484]], 26, 1.4),
  fold([[-204, 400], [-196, 440], [-200, 480]], 22, 1.2),
  shine([[-176, 410], [-120, 430], [-60, 436]], 26, 2.2),
  shine([[96, 432], [150, 444], [204, 466]], 22, 2.6),
  shine([[120, 440], [160, 448], [196, 464]], 9, 4),
  fold([[44, 440], [70, 456], [66, 486]], 14, 1.1),
];

function laceUp(style: 'oxford' | 'brogue'): Part[] {
  const collar: Run = [[-202, 366], [-150, 394], [-96, 388], [-58, 356]];
  const upper = closed([[234, 494], [-206, 492]], [[-206, 492], [-210, 430], [-202, 366]], collar, [[-58, 356], [0, 380], [52, 408]], [[52, 408], [130, 434], [206, 452], [234, 494]]);
  const cap: Run = [[140, 436], [122, 462], [134, 494]];
  const quarter: Run = style === 'oxford' ? [[52, 410], [30, 430], [-20, 452], [-60, 492]] : [[58, 414], [46, 446], [0, 456], [-40, 452], [-66, 492]];
  const holes = style === 'brogue' ? [...dots(cap, 7), ...dots(quarter, 10)] : [];
  return [
    panel(closed([[-82, 380], [-78, 342], [-48, 340], [40, 402]], [[40, 402], [-30, 410], [-82, 380]]), { tone: 'dark', light: 'drop' }),
    panel(closed(collar, [[-58, 356], [-110, 364], [-160, 360], [-202, 366]]), { tone: 'leather', light: 'drop' }),
    panel(upper, { light: 'drop', marks: [...gloss(), seam(cap), stitch(cap.map(([x, y]): Point => [x - 6, y])), seam(quarter), stitch(quarter.map(([x, y]): Point => [x - 5, y - 5])), stitch(collar.map(([x, y]): Point => [x, y + 9])), seam([[-170, 396], [-156, 440], [-170, 492]])] }),
    ...holes,
    ...leatherSole(),
    ...laces([[40, 412], [-46, 362]], 5, 'deep'),
  ];
}

const dots = (run: Run, count: number): Part[] => spread(0.04, 0.94, count).map((share) => button(alongRun(run, share), 2.6, 'deep'));

function alongRun(run: Run, share: number): Point {
  const at = share * (run.length - 1);
  const index = Math.min(run.length - 2, Math.floor(at));
  const [a, b] = [run[index] as Point, run[index + 1] as Point];
  return [a[0] + (b[0] - a[0]) * (at - index) - 10, a[1] + (b[1] - a[1]) * (at - index)];
}

function monk(): Part[] {
  const collar: Run = [[-202, 368], [-150, 396], [-96, 390], [-50, 356]];
  const upper = closed([[234, 494], [-206, 492]], [[-206, 492], [-210, 430], [-202, 368]], collar, [[-50, 356], [10, 378], [52, 408]], [[52, 408], [130, 434], [206, 452], [234, 494]]);
  const strap = (down: number): Part[] => {
    const run: Run = [[-96 + down, 400 + down], [-40 + down, 392 + down * 0.9], [26 + down * 0.6, 384 + down * 0.9]];
    const d = closed(run, [run[2] as Point, [38 + down * 0.6, 404 + down * 0.8]], [[38 + down * 0.6, 404 + down * 0.8], [-36 + down, 416 + down], [-96 + down, 424 + down]], [[-96 + down, 424 + down], run[0] as Point]);
    return [panel(d, { light: 'drop' }), line(closed([[-52 + down, 392 + down], [-30 + down, 389 + down]], [[-30 + down, 389 + down], [-26 + down, 418 + down]], [[-26 + down, 418 + down], [-48 + down, 421 + down]], [[-48 + down, 421 + down], [-52 + down, 392 + down]]), 'metal', 5)];
  };
  return [
    panel(closed(collar, [[-50, 356], [-110, 362], [-160, 360], [-202, 368]]), { tone: 'leather', light: 'drop' }),
    panel(upper, { light: 'drop', marks: [...gloss(), seam([[140, 436], [122, 462], [134, 494]]), stitch(collar.map(([x, y]): Point => [x, y + 9]))] }),
    ...strap(0), ...strap(32), ...leatherSole(),
  ];
}

function loafer(detail: ShoesCut['detail']): Part[] {
  const collar: Run = [[-202, 386], [-150, 412], [-86, 414], [-20, 392], [6, 380]];
  const upper = closed([[230, 494], [-206, 492]], [[-206, 492], [-210, 440], [-202, 386]], collar, [[6, 380], [60, 402], [130, 424], [206, 450], [230, 494]]);
  const apron: Run = [[10, 440], [70, 428], [140, 434], [190, 454], [200, 470]];
  const saddle = closed([[-30, 396], [10, 382], [46, 398]], [[46, 398], [54, 430], [40, 470], [44, 494]], [[44, 494], [-14, 494]], [[-14, 494], [-4, 460], [-30, 396]]);
  return [
    panel(closed(collar, [[6, 380], [-60, 380], [-150, 376], [-202, 386]]), { tone: 'leather', light: 'drop' }),
    panel(upper, { light: 'drop', marks: [...gloss(), seam(apron), stitch(apron.map(([x, y]): Point => [x, y + 7])), stitch(collar.map(([x, y]): Point => [x, y + 9]))] }),
    panel(saddle, { light: 'drop', tone: detail === 'contrast' ? 'second' : 'main', marks: [stitch([[-22, 400], [4, 460], [-6, 494]])] }),
    ...(detail === 'buckle' ? [line(open([[-14, 416], [12, 404], [40, 410]]), 'metal', 6), line(ellipse([-14, 416], 8, 8), 'metal', 4), line(ellipse([40, 410], 8, 8), 'metal', 4)] : [panel(closed([[-6, 414], [30, 404]], [[30, 404], [32, 420]], [[32, 420], [-2, 430]], [[-2, 430], [-6, 414]]), { tone: 'deep', light: 'none', edge: false })]),
    ...leatherSole(),
  ];
}

function chelsea(): Part[] {
  const upper = closed([[234, 494], [-206, 492]], [[-206, 492], [-210, 430], [-184, 340], [-186, 232]], [[-186, 232], [-120, 240], [-44, 230]], [[-44, 230], [-40, 320], [10, 390], [70, 420]], [[70, 420], [140, 440], [206, 454], [234, 494]]);
  const gore = closed([[-150, 238], [-124, 239], [-84, 236]], [[-84, 236], [-86, 320], [-100, 396]], [[-100, 396], [-130, 392]], [[-130, 392], [-146, 320], [-150, 238]]);
  return [
    line(open([[-180, 236], [-184, 206], [-168, 206], [-168, 236]]), 'deep', 7),
    panel(upper, { light: 'drop', marks: [...gloss(), shine([[-70, 250], [-64, 330], [-20, 390]], 26, 1.8), fold([[-56, 360], [-20, 384], [0, 420]], 16), seam([[-100, 396], [-60, 440], [-64, 492]]), seam([[-130, 394], [-140, 440], [-136, 492]])] }),
    panel(gore, { tone: 'dark', light: 'none', marks: spread(-146, -88, 9).map((x): Mark => ({ kind: 'rib', layers: [open([[x, 232], [x + 4, 400]])] })) }),
    ...leatherSole(),
  ];
}

/** Court shoe on a thin or a block heel. */
function pump(style: 'pump' | 'block-heel', detail: ShoesCut['detail']): Part[] {
  const topline: Run = [[-196, 316], [-160, 366], [-90, 410], [0, 444], [50, 446]];
  const upper = closed([[-198, 396], [-206, 352], [-196, 316]], topline, [[50, 446], [70, 428], [88, 430]], [[88, 430], [150, 456], [210, 484], [240, 510]], [[240, 510], [160, 516], [86, 512]], [[86, 512], [20, 492], [-60, 446], [-130, 412], [-198, 396]]);
  const sole = closed([[-198, 394], [-130, 410], [-60, 444], [20, 490], [86, 510]], [[86, 510], [160, 514], [240, 509]], [[240, 509], [234, 520], [160, 522], [84, 520]], [[84, 520], [10, 502], [-66, 456], [-132, 422], [-198, 406]], [[-198, 406], [-198, 394]]);
  const heel = style === 'pump' ? closed([[-200, 394], [-150, 408], [-136, 414]], [[-136, 414], [-164, 450], [-172, 522]], [[-172, 522], [-190, 522]], [[-190, 522], [-192, 450], [-200, 394]]) : closed([[-200, 394], [-140, 408], [-104, 426]], [[-104, 426], [-116, 470], [-118, 522]], [[-118, 522], [-200, 522]], [[-200, 522], [-208, 460], [-200, 394]]);
  return [
    panel(closed(topline, [[50, 446], [-10, 424], [-90, 380], [-196, 316]]), { tone: 'leather', light: 'drop' }),
    panel(heel, { tone: detail === 'contrast' ? 'second' : 'main', light: 'tube', marks: [shine([[-184, 410], [-184, 460], [-184, 520]], 8, 2)] }),
    panel(sole, { tone: 'outsole', light: 'none' }),
    panel(upper, { light: 'drop', marks: [shine([[-186, 360], [-130, 402], [-60, 434]], 22, 2), shine([[100, 446], [150, 466], [206, 492]], 18, 2.6), fold([[-190, 392], [-60, 446], [30, 492], [110, 510]], 20, 1.3), stitch(topline.map(([x, y]): Point => [x - 1, y + 6]))] }),
    ...(detail === 'bow' ? smallBow([92, 436]) : []),
    ...(detail === 'buckle' ? ankleStrap() : []),
  ];
}

function ankleStrap(): Part[] {
  const run: Run = [[-198, 330], [-150, 312], [-92, 316]];
  return [line(open([[-92, 316], [-130, 298], [-190, 312]]), 'dark', 11), line(open(run), 'deep', 15), line(open(run), 'main', 12), line(closed([[-132, 304], [-116, 304]], [[-116, 304], [-116, 322]], [[-116, 322], [-132, 322]], [[-132, 322], [-132, 304]]), 'metal', 3.5)];
}

const smallBow = ([x, y]: Point): Part[] => [
  panel(closed([[x, y], [x + 20, y - 18], [x + 38, y - 8]], [[x + 38, y - 8], [x + 34, y + 14], [x + 14, y + 12], [x, y]]), { tone: 'second', light: 'drop' }),
  panel(closed([[x, y], [x - 16, y - 20], [x - 36, y - 16]], [[x - 36, y - 16], [x - 34, y + 6], [x - 16, y + 10], [x, y]]), { tone: 'second', light: 'drop' }),
  panel(ellipse([x, y - 1], 7, 8), { tone: 'second', light: 'drop' }),
];

function flat(style: 'ballet' | 'pointed-flat', detail: ShoesCut['detail']): Part[] {
  const tip = style === 'ballet' ? 222 : 244;
  const topline: Run = [[-204, 404], [-160, 438], [-80, 456], [10, 458], [60, 446]];
  const upper = closed([[tip - 4, 506], [-206, 506]], [[-206, 506], [-214, 450], [-204, 404]], topline, [[60, 446], [80, 436], [100, 438]], style === 'ballet' ? [[100, 438], [160, 448], [208, 470], [tip - 4, 506]] : [[100, 438], [160, 458], [212, 484], [tip - 4, 506]]);
  return [
    panel(closed(topline, [[60, 446], [0, 436], [-100, 424], [-204, 404]]), { tone: 'leather', light: 'drop' }),
    panel(upper, { light: 'drop', marks: [fold([[-204, 492], [-60, 500], [100, 502], [214, 498]], 22, 1.3), shine([[-190, 440], [-130, 462], [-50, 472]], 16, 2), shine([[104, 456], [150, 466], [190, 484]], 18, 2.4), stitch(topline.map(([x, y]): Point => [x, y + 6]))] }),
    panel(closed([[-208, 504], [0, 508], [tip, 504]], [[tip, 504], [tip - 8, 516], [0, 518], [-120, 516]], [[-120, 516], [-124, 526], [-206, 526]], [[-206, 526], [-208, 504]]), { tone: 'outsole', light: 'none' }),
    ...(detail === 'bow' ? smallBow([96, 442]) : []),
    ...(detail === 'buckle' ? [line(open([[-120, 448], [-70, 404], [-10, 400], [20, 456]]), 'deep', 12), line(open([[-120, 448], [-70, 404], [-10, 400], [20, 456]]), 'main', 9), button([-64, 404], 6, 'metal')] : []),
    ...(detail === 'contrast' ? [panel(style === 'ballet' ? closed([[160, 449], [208, 470], [218, 504]], [[218, 504], [150, 504]], [[150, 504], [146, 472], [160, 449]]) : closed([[172, 464], [212, 484], [238, 505]], [[238, 505], [160, 505]], [[160, 505], [158, 480], [172, 464]]), { tone: 'second', light: 'drop' })] : []),
  ];
}
void fill;
