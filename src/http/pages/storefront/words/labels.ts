// The catalog's own terms in the shopper's language: kinds, colours, whom a garment is for. What is not here is a shop's own
// and shown as it is.
import type { Gender } from '../../../../client/operations.js';
import { language } from './language.js';

const TYPES: Record<string, [string, string]> = {
  DRESS: ['Dresses', '连衣裙'],
  HAT: ['Hats', '帽子'],
  LONG_SLEEVE: ['Knits & long sleeves', '针织与长袖'],
  OUTERWEAR: ['Outerwear', '外套'],
  PANTS: ['Trousers', '长裤'],
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
  formal: '正式',
  'smart casual': '商务休闲',
  party: '聚会',
  travel: '旅行',
  home: '居家',
  ethnic: '民族',
};

/** Name in lower case. */
const COLORS: Record<string, string> = {
  black: '黑色',
  charcoal: '炭灰',
  white: '白色',
  'off white': '米白',
  grey: '灰色',
  'grey melange': '花灰',
  steel: '钢灰',
  blue: '蓝色',
  'navy blue': '藏青',
  'turquoise blue': '绿松石',
  teal: '蓝绿',
  green: '绿色',
  olive: '橄榄绿',
  'sea green': '海绿',
  'lime green': '青柠绿',
  'fluorescent green': '荧光绿',
  red: '红色',
  maroon: '栗红',
  burgundy: '酒红',
  pink: '粉色',
  magenta: '洋红',
  rose: '玫瑰',
  peach: '桃色',
  purple: '紫色',
  lavender: '薰衣草',
  mauve: '淡紫',
  orange: '橙色',
  rust: '铁锈',
  yellow: '黄色',
  mustard: '芥末黄',
  brown: '棕色',
  'coffee brown': '咖啡色',
  'mushroom brown': '蘑菇棕',
  tan: '棕褐',
  taupe: '灰褐',
  beige: '米色',
  cream: '奶油色',
  khaki: '卡其',
  skin: '肤色',
  nude: '裸色',
  silver: '银色',
  gold: '金色',
  copper: '铜色',
  bronze: '古铜',
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
