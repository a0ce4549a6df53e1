/** Owns the cut of caps and hats. Knows nothing of colours. */
import { closed, ellipse, flip, mirrored, open, type Point, type Run } from '../path.js';
import { button, fill, fold, line, panel, rib, seam, shine, spread, stitch, type Mark, type Part } from '../parts.js';

export interface HatCut {
  kind: 'hat';
  style: 'baseball' | 'trucker' | 'flat' | 'beanie' | 'bucket' | 'fedora' | 'sun' | 'boater' | 'visor' | 'cloche';
  detail: 'none' | 'badge' | 'stripe' | 'pompom' | 'bow';
}

export function hat(cut: HatCut): Part[] {
  switch (cut.style) {
    case 'baseball':
    case 'trucker':
      return cap(cut);
    case 'visor':
      return visor();
    case 'flat':
      return flatCap();
    case 'beanie':
      return beanie(cut);
    case 'bucket':
      return bucket(cut);
    default:
      return brimmed(cut);
  }
}

const PEAK: Run[] = [[[-196, 468], [-120, 440], [0, 430], [120, 440], [196, 468]], [[196, 468], [214, 520], [196, 556]], [[196, 556], [110, 530], [0, 522], [-110, 530], [-196, 556]], [[-196, 556], [-214, 520], [-196, 468]]];

/** Front view: a dome of six panels over a curved peak. */
function cap({ style, detail }: HatCut): Part[] {
  const dome = mirrored([[0, 226], [90, 236], [164, 300], [190, 392], [196, 474]], [[196, 474], [110, 444], [0, 436]]);
  const foam = mirrored([[0, 226], [66, 240], [104, 320], [112, 442]], [[112, 442], [50, 438], [0, 436]]);
  const ribsOfPeak = [10, 22, 34, 46, 58].map((down) => stitch([[-204, 476 + down], [-110, 448 + down], [0, 438 + down], [110, 448 + down], [204, 476 + down]]));
  return [
    panel(dome, { marks: [...[1, -1].flatMap((side) => [seam([[0, 226], [side * 80, 300], [side * 112, 444]]), fold([[side * 2, 230], [side * 84, 304], [side * 118, 444]], 14), stitch([[side * 4, 232], [side * 74, 306], [side * 105, 442]])]), fold([[-180, 470], [0, 425], [180, 470]], 24), shine([[-92, 262], [-58, 330], [-56, 420]], 46, 1.3), seam([[0, 226], [0, 436]])] }),
    ...(style === 'trucker' ? [panel(foam, { tone: 'white', marks: [fold([[40, 240], [78, 330], [84, 440]], 24)] })] : []),
    ...(detail === 'badge' ? [panel(ellipse([0, 356], 38, 38), { tone: style === 'trucker' ? 'main' : 'second', light: 'none' }), panel(closed([[-20, 372], [0, 332]], [[0, 332], [20, 372]], [[20, 372], [-20, 372]]), { tone: style === 'trucker' ? 'white' : 'main', light: 'none', edge: false })] : []),
    ...[1, -1].map((side) => button([side * 120, 296], 5, 'deep')),
    panel(closed(...PEAK), { light: 'drop', tone: detail === 'stripe' ? 'second' : 'main', marks: [...ribsOfPeak, shine([[-150, 484], [-40, 456], [60, 456]], 26, 1.4), fold([[-206, 546], [0, 512], [206, 546]], 20)] }),
    panel(ellipse([0, 226], 15, 8), { light: 'drop' }),
  ];
}

function visor(): Part[] {
  const band = mirrored([[0, 376], [110, 384], [186, 420]], [[186, 420], [196, 474]], [[196, 474], [110, 444], [0, 436]]);
  const back = mirrored([[0, 346], [120, 356], [186, 420]], [[186, 420], [110, 384], [0, 376]]);
  return [panel(back, { tone: 'inside' }), panel(band, { marks: [stitch([[-190, 462], [0, 426], [190, 462]])] }), panel(closed(...PEAK), { light: 'drop', marks: [shine([[-150, 484], [-40, 456], [60, 456]], 26, 1.4)] })];
}

/** Three-quarter view: soft crown falling over a short stiff peak. */
function flatCap(): Part[] {
  const crown = closed([[-214, 470], [-226, 400], [-170, 326], [-40, 296], [110, 326], [204, 408], [224, 462]], [[224, 462], [120, 478], [0, 500], [-110, 508], [-214, 470]]);
  const peak = closed([[40, 486], [140, 462], [226, 456]], [[226, 456], [252, 486], [240, 512]], [[240, 512], [150, 516], [70, 522], [40, 486]]);
  return [
    panel(peak, { light: 'drop', marks: [shine([[90, 494], [160, 480], [220, 474]], 14)] }),
    panel(crown, { light: 'ball', marks: [seam([[-60, 298], [-30, 380], [-20, 500]]), seam([[-40, 297], [80, 350], [150, 468]]), fold([[-56, 300], [-22, 390], [-10, 500]], 18), fold([[-200, 462], [-60, 496], [120, 470]], 26), fold([[110, 330], [170, 390], [180, 460]], 18), shine([[-160, 350], [-70, 322], [20, 326]], 34), stitch([[-200, 458], [-110, 494], [0, 487], [120, 464], [216, 448]])] }),
    button([-40, 297], 9, 'main'),
  ];
}

function beanie({ detail }: HatCut): Part[] {
  const crown = mirrored([[0, 236], [84, 246], [146, 306], [166, 400], [164, 470]], [[164, 470], [0, 480]]);
  const cuff = mirrored([[0, 470], [90, 468], [172, 456]], [[172, 456], [178, 516], [174, 566]], [[174, 566], [90, 578], [0, 580]]);
  const ribs = spread(-0.94, 0.94, 15).flatMap((share): Mark[] => [rib([[share * 30, 240], [share * 150, 330], [share * 166, 476]]), fold([[share * 30 + 4, 244], [share * 152 + 5, 330], [share * 166 + 5, 476]], 7, 1.3)]);
  const bands = detail === 'stripe' ? [fill(closed([[-190, 352], [0, 362], [190, 352]], [[190, 352], [190, 392]], [[190, 392], [0, 402], [-190, 392]], [[-190, 392], [-190, 352]]), 'second')] : [];
  return [
    ...(detail === 'pompom' ? [pompom()] : []),
    panel(crown, { marks: [...bands, ...ribs, fold([[-166, 466], [0, 476], [166, 466]], 24)] }),
    panel(cuff, { marks: spread(-0.95, 0.95, 17).flatMap((share) => [rib([[share * 172, 452], [share * 176, 584]]), fold([[share * 172 + 4, 456], [share * 176 + 4, 520], [share * 176 + 4, 580]], 7, 1.2)]) }),
  ];
}

function pompom(): Part {
  const points: Point[] = Array.from({ length: 28 }, (_, index) => {
    const angle = (index / 28) * Math.PI * 2;
    const radius = index % 2 ? 52 : 44;
    return [Math.cos(angle) * radius, 204 + Math.sin(angle) * radius];
  });
  return panel(closed([...points, points[0] as Point]), { tone: 'second', light: 'ball', marks: points.filter((_, index) => index % 2).map(([x, y]) => fold([[x * 0.3, 204 + (y - 204) * 0.3], [x * 0.7, 204 + (y - 204) * 0.6], [x, y]], 6, 1.2)) });
}

function bucket({ detail }: HatCut): Part[] {
  const crown = mirrored([[0, 276], [80, 280], [122, 292]], [[122, 292], [142, 360], [152, 436]], [[152, 436], [80, 456], [0, 460]]);
  const brim = mirrored([[0, 446], [80, 442], [152, 428]], [[152, 428], [196, 484], [226, 540]], [[226, 540], [130, 578], [0, 588]]);
  return [
    panel(brim, { marks: [14, 32, 50, 68, 86, 104].map((down) => stitch([[-150 - down * 0.7, 430 + down], [-80, 452 + down * 1.12], [0, 460 + down * 1.14], [80, 452 + down * 1.12], [150 + down * 0.7, 430 + down]])).concat([fold([[-150, 436], [0, 464], [150, 436]], 26, 1.3), fold([[120, 470], [140, 520], [150, 566]], 22), fold([[-130, 470], [-160, 520], [-176, 560]], 22)]) }),
    panel(crown, { marks: [seam([[-122, 294], [0, 310], [122, 294]]), stitch([[-124, 302], [0, 318], [124, 302]]), seam([[-70, 308], [-84, 450]]), fold([[-68, 308], [-76, 380], [-82, 452]], 14), shine([[-30, 320], [-34, 380], [-36, 450]], 40), ...(detail === 'stripe' ? [fill(closed([[-170, 402], [0, 424], [170, 402]], [[170, 402], [170, 440]], [[170, 440], [0, 464], [-170, 440]], [[-170, 440], [-170, 402]]), 'second')] : [])] }),
  ];
}

/** Crown, ribbon and brim seen slightly from above. */
function brimmed({ style, detail }: HatCut): Part[] {
  const brims: Record<string, [number, number]> = { fedora: [218, 52], sun: [272, 92], boater: [226, 54], cloche: [176, 44] };
  const [rx, ry] = brims[style] ?? [218, 52];
  const flat = style === 'boater';
  const crown = flat
    ? mirrored([[0, 300], [90, 304], [124, 318]], [[124, 318], [130, 400], [132, 462]], [[132, 462], [70, 486], [0, 490]])
    : style === 'fedora'
      ? mirrored([[0, 284], [40, 262], [84, 264], [112, 300]], [[112, 300], [128, 380], [140, 466]], [[140, 466], [76, 492], [0, 496]])
      : mirrored([[0, 258], [76, 270], [122, 330], [136, 400], [140, 466]], [[140, 466], [76, 492], [0, 496]]);
  const ribbon = mirrored([[0, 444], [76, 438], [134, 414]], [[134, 414], [140, 466]], [[140, 466], [76, 492], [0, 496]]);
  const dip = style === 'fedora' || style === 'cloche' ? 26 : 0;
  const brim = mirrored([[0, 488 - ry], [rx * 0.56, 488 - ry * 0.84], [rx * 0.95, 478 - ry * 0.1 + dip]], [[rx * 0.95, 478 - ry * 0.1 + dip], [rx, 488 + dip], [rx * 0.94, 498 + ry * 0.2 + dip]], [[rx * 0.94, 498 + ry * 0.2 + dip], [rx * 0.56, 492 + ry * 0.8], [0, 492 + ry]]);
  const rings = [0.66, 0.8, 0.92].map((share) => stitch([[-rx * share, 500 + ry * 0.1], [-rx * 0.5 * share, 490 + ry * 0.82 * share], [0, 490 + ry * share], [rx * 0.5 * share, 490 + ry * 0.82 * share], [rx * share, 500 + ry * 0.1]]));
  return [
    panel(brim, { light: 'tube', marks: [...rings, fold([[-150, 486], [0, 512], [150, 486]], 30, 1.5), shine([[-rx * 0.9, 496], [-rx * 0.4, 504 + ry * 0.5], [0, 506 + ry * 0.6]], 26, 1.2)] }),
    panel(crown, { marks: [shine([[-60, 290], [-66, 370], [-64, 460]], 44, 1.1), ...(style === 'fedora' ? [fold([[-60, 268], [0, 330], [60, 268]], 34, 1.4), fold([[70, 300], [84, 340], [70, 390]], 24), fold([[-84, 300], [-96, 340], [-84, 390]], 24)] : flat ? [seam([[-124, 320], [0, 336], [124, 320]])] : [fold([[96, 300], [112, 370], [110, 440]], 22)])] }),
    panel(ribbon, { tone: 'second', marks: [fold([[60, 440], [66, 460], [64, 492]], 12)] }),
    ...(detail === 'bow' ? bow() : []),
  ];
}

function bow(): Part[] {
  const loop: Run[] = [[[96, 454], [122, 432], [152, 436]], [[152, 436], [154, 462], [146, 480]], [[146, 480], [122, 476], [96, 462], [96, 454]]];
  const other: Run[] = [[[100, 454], [76, 436], [50, 444]], [[50, 444], [48, 468], [54, 486]], [[54, 486], [78, 480], [100, 466], [100, 454]]];
  return [panel(closed(...loop), { tone: 'second', light: 'drop' }), panel(closed(...other), { tone: 'second', light: 'drop' }), panel(ellipse([99, 461], 9, 14), { tone: 'second', light: 'drop' })];
}
void flip; void line; void open;
