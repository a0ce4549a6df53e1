// Labels of garment types, colors, genders and usages in the page's language.
// A shop's own values are shown unchanged.
import type { Gender } from '../../../../client/operations.js';
import { language } from './language.js';

const TYPES: Record<string, [string, string]> = {
  DRESS: ['Dresses', '连衣裙'],
  HAT: ['Hats', '帽子'],
  LONG_SLEEVE: ['Knits & long sleeves', '针织与长袖'],
  OUTERWEAR: ['Outerwear', '外套'],
  PANTS: ['Pants', '长裤'],
  SHIRT: ['Shirts', '衬衫'],
  SHOES: ['Shoes', '鞋'],
  SHORTS: ['Shorts', '短裤'],
  SKIRT: ['Skirts', '半身裙'],
  T_SHIRT: ['T-shirts', 'T恤'],
};

const GENDERS: Record<Gender, [string, string]> = {
  WOMEN: ['Women', '女士'],
  MEN: ['Men', '男士'],
  UNISEX: ['Everyone', '男女皆宜'],
  BOYS: ['Boys', '男孩'],
  GIRLS: ['Girls', '女孩'],
  KIDS: ['Kids', '儿童'],
};

const USAGES: Record<string, string> = {
  casual: '休闲',
  sports: '运动',
  formal: '正式场合',
  'smart casual': '商务休闲',
  party: '聚会',
  travel: '旅行',
  home: '居家',
  ethnic: '民族风',
};

/** By color name in lower case. */
const COLORS: Record<string, string> = {
  black: '黑色',
  charcoal: '炭灰色',
  white: '白色',
  'off white': '米白色',
  grey: '灰色',
  'grey melange': '花灰色',
  steel: '钢灰色',
  blue: '蓝色',
  'navy blue': '藏青色',
  'turquoise blue': '绿松石色',
  teal: '蓝绿色',
  green: '绿色',
  olive: '橄榄绿',
  'sea green': '海绿',
  'lime green': '青柠绿',
  'fluorescent green': '荧光绿',
  red: '红色',
  maroon: '栗红色',
  burgundy: '酒红色',
  pink: '粉色',
  magenta: '洋红',
  rose: '玫瑰色',
  peach: '桃色',
  purple: '紫色',
  lavender: '薰衣草紫',
  mauve: '淡紫',
  orange: '橙色',
  rust: '铁锈色',
  yellow: '黄色',
  mustard: '芥末黄',
  brown: '棕色',
  'coffee brown': '咖啡色',
  'mushroom brown': '蘑菇棕',
  tan: '棕褐色',
  taupe: '灰褐色',
  beige: '米色',
  cream: '奶油色',
  khaki: '卡其色',
  skin: '肤色',
  nude: '裸色',
  silver: '银色',
  gold: '金色',
  copper: '铜色',
  bronze: '古铜色',
  metallic: '金属色',
};

const isChinese = (): boolean => language.value === 'zh';

export function typeLabel(type: string): string {
  return TYPES[type]?.[isChinese() ? 1 : 0] ?? type;
}

export function genderLabel(gender: string): string {
  return GENDERS[gender as Gender]?.[isChinese() ? 1 : 0] ?? gender;
}

export function colorLabel(color: string): string {
  return (isChinese() && COLORS[color.toLowerCase()]) || color;
}

export function usageLabel(usage: string): string {
  return (isChinese() && USAGES[usage.toLowerCase()]) || usage;
}
