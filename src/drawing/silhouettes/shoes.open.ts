/** Owns the cut of sandals, heeled sandals, wedges and flip-flops. Knows nothing of colours. */
import { closed, ellipse, open, type Point, type Run } from '../path.js';
import { button, fold, group, line, panel, shine, stitch, type Mark, type Part } from '../parts.js';
import type { ShoesCut } from './shoes.js';

export type OpenStyle = 'slide' | 'strappy' | 'sport-sandal' | 'heeled-sandal' | 'wedge' | 'gladiator';

export function openShoe(style: OpenStyle, detail: ShoesCut['detail']): Part[] {
  switch (style) {
    case 'heeled-sandal':
    case 'wedge':
      return raised(style, detail);
    default:
      return flatSandal(style, detail);
  }
}

/** A strap over the foot: a band between two runs from edge to edge of the sole. */
function strap(outer: Run, inner: Run, marks: Mark[] = [], tone: 'main' | 'second' = 'main'): Part {
  const [start, end] = [outer[0] as Point, outer[outer.length - 1] as Point];
  const back = [...inner].reverse();
  return panel(closed(outer, [end, back[0] as Point], back, [back[back.length - 1] as Point, start]), { tone, light: 'drop', marks: [stitch(outer.map(([x, y]): Point => [x + 5, y + 6])), ...marks] });
}

/** A band that arches over the foot between two places on the sole. */
function arch(from: number, to: number, height: number, width: number, floor = 484, tone: 'main' | 'second' = 'main'): Part {
  const middle = (from + to) / 2;
  const top = floor - height;
  const outer: Run = [[from, floor], [from + (middle - from) * 0.3, top + height * 0.34], [middle + 6, top], [to, top + height * 0.2]];
  const inner: Run = [[from + width, floor], [from + width + (middle - from) * 0.26, top + height * 0.42 + width * 0.34], [middle + 10 + width * 0.3, top + width * 0.66], [to + 4, top + height * 0.2 + width * 0.7]];
  return strap(outer, inner, [shine([[from + width * 0.5, floor - 20], [middle - 10, top + 30], [middle + 10, top + 16]], width * 0.4, 1.6)], tone);
}

function flatSandal(style: Exclude<OpenStyle, 'heeled-sandal' | 'wedge'>, detail: ShoesCut['detail']): Part[] {
  const thick = style === 'sport-sandal' ? 40 : style === 'slide' ? 30 : 18;
  const floor = 524 - thick;
  const foot = closed([[-212, floor - 8], [-100, floor + 2], [60, floor + 2], [222, floor - 8]], [[222, floor - 8], [240, floor + 4], [228, floor + 12]], [[228, floor + 12], [0, floor + 14], [-210, floor + 10]], [[-210, floor + 10], [-222, floor], [-212, floor - 8]]);
  const sole = closed([[-216, floor + 4], [0, floor + 12], [236, floor + 4]], [[236, floor + 4], [236, 516], [214, 524]], [[214, 524], [-200, 524]], [[-200, 524], [-224, 514], [-216, floor + 4]]);
  const second = detail === 'contrast' ? 'second' : 'main';
  const base = [panel(sole, { tone: style === 'sport-sandal' ? 'deep' : 'outsole', light: 'drop' }), panel(foot, { tone: style === 'sport-sandal' ? 'dark' : 'leather', light: 'drop', marks: [stitch([[-206, floor], [0, floor + 8], [226, floor]])] })];
  const buckle = (at: Point): Part[] => [line(ellipse(at, 9, 11), 'metal', 4.5)];
  switch (style) {
    case 'slide':
      return [...base, arch(-6, 96, 104, 78, floor), arch(-92, 10, 124, 66, floor, second), ...buckle([-54, floor - 62]), ...buckle([34, floor - 56])];
    case 'strappy':
      return [heelBand(floor), ...base, arch(110, 176, 62, 26, floor), arch(48, 128, 84, 26, floor, second), ankle(floor), ...buckle([-112, floor - 132])];
    case 'gladiator':
      return [heelBand(floor), ...base, ...[[120, 182, 58], [66, 140, 80], [10, 92, 102], [-46, 40, 124]].map(([from, to, height]) => arch(from as number, to as number, height as number, 18, floor)), line(open([[160, floor - 50], [90, floor - 90], [0, floor - 126], [-60, floor - 160]]), 'deep', 10), line(open([[160, floor - 50], [90, floor - 90], [0, floor - 126], [-60, floor - 160]]), second, 7.5), ankle(floor), ...buckle([-112, floor - 132])];
    case 'sport-sandal':
      return [heelBand(floor), ...base, arch(70, 160, 84, 50, floor), arch(-60, 60, 118, 48, floor, second), ankle(floor), button([-30, floor - 70], 7, 'metal'), button([96, floor - 52], 7, 'metal')];
  }
}

function heelBand(floor: number): Part {
  return panel(closed([[-206, floor + 4], [-214, floor - 50], [-202, floor - 106]], [[-202, floor - 106], [-176, floor - 96]], [[-176, floor - 96], [-160, floor - 50], [-128, floor + 4]], [[-128, floor + 4], [-206, floor + 4]]), { light: 'drop', marks: [stitch([[-198, floor], [-206, floor - 50], [-194, floor - 100]])] });
}

function ankle(floor: number): Part {
  return strap([[-206, floor - 112], [-150, floor - 132], [-70, floor - 142], [-34, floor - 128]], [[-200, floor - 88], [-150, floor - 106], [-74, floor - 116], [-40, floor - 104]]);
}

function raised(style: 'heeled-sandal' | 'wedge', detail: ShoesCut['detail']): Part[] {
  const bed: Run = [[-204, 400], [-130, 416], [-50, 456], [30, 496], [100, 508], [240, 504]];
  const foot = closed(bed, [[240, 504], [238, 514]], [[238, 514], [96, 518], [22, 506], [-58, 466], [-134, 428], [-206, 412]], [[-206, 412], [-204, 400]]);
  const support = style === 'wedge' ? closed([[-206, 408], [-134, 424], [-58, 462], [22, 502], [96, 514]], [[96, 514], [230, 514]], [[230, 514], [224, 526]], [[224, 526], [-196, 526]], [[-196, 526], [-212, 470], [-206, 408]]) : closed([[-206, 408], [-160, 418], [-138, 426]], [[-138, 426], [-164, 462], [-172, 524]], [[-172, 524], [-190, 524]], [[-190, 524], [-196, 460], [-206, 408]]);
  const second = detail === 'contrast' ? 'second' : 'main';
  const strapRun: Run = [[-204, 316], [-150, 302], [-92, 306]];
  return [
    line(open([[-96, 308], [-130, 290], [-196, 306]]), 'dark', 11),
    panel(closed([[-206, 404], [-216, 360], [-204, 310]], [[-204, 310], [-180, 316]], [[-180, 316], [-170, 370], [-136, 414]], [[-136, 414], [-206, 404]]), { light: 'drop' }),
    panel(support, { tone: style === 'wedge' ? 'leather' : 'main', light: 'tube', marks: style === 'wedge' ? [446, 464, 482, 500].map((y): Mark => ({ kind: 'rib', layers: [open([[-214, y], [0, y + 10], [220, y + 14]])] })) : [] }),
    panel(foot, { tone: 'leather', light: 'drop', marks: [fold([[-200, 408], [-50, 464], [40, 506]], 10)] }),
    arch(96, 178, 74, 34, 510), arch(36, 128, 92, 30, 500, second),
    line(open(strapRun), 'deep', 15), line(open(strapRun), 'main', 12), line(ellipse([-122, 304], 8, 9), 'metal', 4),
    ...(detail === 'bow' ? [panel(ellipse([136, 430], 20, 13), { tone: 'second', light: 'ball' }), panel(ellipse([104, 424], 20, 13), { tone: 'second', light: 'ball' }), panel(ellipse([120, 428], 8, 8), { tone: 'second', light: 'ball' })] : []),
  ];
}

/** A pair from above, toes up. */
export function flipFlop(detail: ShoesCut['detail']): Part[] {
  const one = flop(detail);
  return [group('translate(-112 0) rotate(-5 0 430)', one), group('translate(112 0) scale(-1 1) rotate(-5 0 430)', one)];
}

function flop(detail: ShoesCut['detail']): Part[] {
  const outline: Run = [[10, 176], [62, 196], [88, 260], [84, 350], [62, 440], [66, 540], [58, 616], [8, 648], [-46, 618], [-58, 540], [-62, 440], [-82, 340], [-76, 250], [-40, 192], [10, 176]];
  const inset: Run = outline.map(([x, y]): Point => [x * 0.86, 412 + (y - 412) * 0.93]);
  const toe: Point = [4, 262];
  const band = (side: number): Part[] => {
    const run: Run = [toe, [side * 40, 320], [side * 74, 430]];
    return [line(open(run), 'deep', 26), line(open(run), detail === 'contrast' || detail === 'stripe' ? 'second' : 'dark', 22)];
  };
  return [
    panel(closed(outline.map(([x, y]): Point => [x * 1.03, y + 9])), { tone: 'deep', light: 'none' }),
    panel(closed(outline), { light: 'tube', marks: [stitch(inset), fold([[-50, 560], [0, 600], [46, 560]], 40, 0.8), fold([[-50, 280], [0, 230], [60, 290]], 30, 0.7), shine([[-34, 300], [-40, 400], [-30, 560]], 40, 1.1), ...(detail === 'stripe' ? [0, 40].map((down): Mark => ({ kind: 'fill', tone: 'second', layers: [closed([[-90, 520 + down], [90, 520 + down]], [[90, 520 + down], [90, 534 + down]], [[90, 534 + down], [-90, 534 + down]], [[-90, 534 + down], [-90, 520 + down]])] })) : [])] }),
    ...band(-1), ...band(1),
    panel(ellipse(toe, 13, 15), { tone: detail === 'contrast' || detail === 'stripe' ? 'second' : 'dark', light: 'ball' }),
    ...(detail === 'bow' ? [panel(ellipse([toe[0] - 18, toe[1] + 26], 18, 14), { tone: 'second', light: 'ball' }), panel(ellipse([toe[0] + 18, toe[1] + 26], 18, 14), { tone: 'second', light: 'ball' }), panel(ellipse([toe[0], toe[1] + 26], 8, 8), { tone: 'second', light: 'ball' })] : []),
  ];
}
