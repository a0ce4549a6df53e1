// Positions of the color labels in CIE LCh(ab), and their names.
//
// Lightness is 0…100, chroma 0 (gray) to about 100, hue in degrees (0 red-pink, 90 yellow, 180 green-blue, 270 blue). A
// label covers a family of shades; its position is the middle of the shades of its products, converted from sRGB (IEC
// 61966-2-1) to CIELAB (CIE 15:2004, D65) and rounded to whole numbers.
import { lookUp } from '../shared/table.js';
import type { LocalizedText } from '../text/language.js';

export interface Lch {
  lightness: number;
  chroma: number;
  hue: number;
}

const TABLE: Readonly<Record<string, readonly [lightness: number, chroma: number, hue: number]>> = {
  beige: [81, 18, 86],
  black: [9, 0, 0],
  blue: [41, 51, 285],
  bronze: [45, 32, 68],
  brown: [32, 28, 59],
  burgundy: [24, 39, 14],
  charcoal: [26, 2, 266],
  'coffee brown': [23, 16, 48],
  copper: [51, 44, 56],
  cream: [93, 12, 92],
  'fluorescent green': [90, 104, 131],
  gold: [70, 53, 88],
  green: [51, 51, 146],
  grey: [59, 2, 266],
  'grey melange': [70, 2, 266],
  khaki: [64, 23, 93],
  lavender: [71, 28, 306],
  'lime green': [78, 76, 121],
  magenta: [44, 71, 350],
  maroon: [26, 48, 26],
  mauve: [58, 21, 335],
  'mushroom brown': [57, 15, 72],
  mustard: [67, 67, 82],
  'navy blue': [18, 26, 287],
  nude: [80, 20, 64],
  'off white': [95, 5, 97],
  olive: [45, 35, 107],
  orange: [64, 75, 58],
  peach: [80, 33, 54],
  pink: [66, 46, 356],
  purple: [33, 60, 315],
  red: [44, 74, 31],
  rose: [55, 47, 13],
  rust: [43, 56, 49],
  'sea green': [58, 35, 171],
  silver: [79, 2, 263],
  skin: [80, 24, 68],
  steel: [61, 6, 251],
  tan: [66, 32, 72],
  taupe: [53, 10, 71],
  teal: [46, 27, 202],
  'turquoise blue': [68, 35, 209],
  white: [99, 0, 0],
  yellow: [85, 78, 93],
};

/** Labels without a position: many colors at once, or a metallic shine. They go with quiet colors. */
const PATTERNED_LABELS: ReadonlySet<string> = new Set(['multi', 'metallic']);

/** Returns a color's position, 'patterned' for labels of many colors, or null for an unknown or missing label. */
export function colorOf(name: string | null): Lch | 'patterned' | null {
  const key = name?.trim().toLowerCase() ?? '';
  if (PATTERNED_LABELS.has(key)) return 'patterned';
  const position = lookUp(TABLE, key);
  return position ? { lightness: position[0], chroma: position[1], hue: position[2] } : null;
}

/**
 * Returns true for grays and for colors whose hue hardly shows: chroma under 19, or dark ones under 30, such as navy
 * (denim).
 */
export function isNeutral({ lightness, chroma }: Lch): boolean {
  return chroma < 19 || (lightness < 20 && chroma < 30);
}

/** Returns the angle between two hues, 0…180 degrees. */
export function hueDistance(a: Lch, b: Lch): number {
  const difference = Math.abs(a.hue - b.hue) % 360;
  return Math.min(difference, 360 - difference);
}

const CHINESE: Readonly<Record<string, string>> = {
  beige: '米色',
  black: '黑色',
  blue: '蓝色',
  bronze: '古铜色',
  brown: '棕色',
  burgundy: '酒红色',
  charcoal: '炭灰色',
  'coffee brown': '咖啡色',
  copper: '铜色',
  cream: '奶油色',
  'fluorescent green': '荧光绿',
  gold: '金色',
  green: '绿色',
  grey: '灰色',
  'grey melange': '麻灰色',
  khaki: '卡其色',
  lavender: '薰衣草紫',
  'lime green': '青柠绿',
  magenta: '洋红色',
  maroon: '栗色',
  mauve: '藕荷色',
  metallic: '金属色',
  multi: '多色',
  'mushroom brown': '菇棕色',
  mustard: '芥末黄',
  'navy blue': '藏青色',
  nude: '裸色',
  'off white': '米白色',
  olive: '橄榄色',
  orange: '橙色',
  peach: '桃色',
  pink: '粉色',
  purple: '紫色',
  red: '红色',
  rose: '玫瑰色',
  rust: '铁锈色',
  'sea green': '海绿色',
  silver: '银色',
  skin: '肤色',
  steel: '钢灰色',
  tan: '棕褐色',
  taupe: '灰褐色',
  teal: '蓝绿色',
  'turquoise blue': '绿松石色',
  white: '白色',
  yellow: '黄色',
};

export function colorName(label: string): LocalizedText {
  const name = label.trim().toLowerCase();
  return { EN: name, ZH: lookUp(CHINESE, name) ?? name };
}
