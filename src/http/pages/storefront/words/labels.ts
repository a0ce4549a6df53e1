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

/** Name in lower case: a swatch, and the Chinese name. */
const COLORS: Record<string, [string, string]> = {
  black: ['#1c1c1e', '黑色'],
  charcoal: ['#3b3f45', '炭灰'],
  white: ['#ffffff', '白色'],
  'off white': ['#f3efe4', '米白'],
  grey: ['#8d9095', '灰色'],
  'grey melange': ['#a7a9ad', '花灰'],
  steel: ['#7b8794', '钢灰'],
  blue: ['#2f6fd0', '蓝色'],
  'navy blue': ['#1f2f57', '藏青'],
  'turquoise blue': ['#2bb3c0', '绿松石'],
  teal: ['#127a7a', '蓝绿'],
  green: ['#2f8f4e', '绿色'],
  olive: ['#6b6b2f', '橄榄绿'],
  'sea green': ['#3a9d83', '海绿'],
  'lime green': ['#9acd32', '青柠绿'],
  'fluorescent green': ['#7dff3c', '荧光绿'],
  red: ['#c9252d', '红色'],
  maroon: ['#6e1f2c', '栗红'],
  burgundy: ['#7d1f3c', '酒红'],
  pink: ['#f08fb2', '粉色'],
  magenta: ['#c3267f', '洋红'],
  rose: ['#d9687f', '玫瑰'],
  peach: ['#f6b48f', '桃色'],
  purple: ['#6f3f9c', '紫色'],
  lavender: ['#b7a3dc', '薰衣草'],
  mauve: ['#a2789a', '淡紫'],
  orange: ['#ee7f2d', '橙色'],
  rust: ['#a8481f', '铁锈'],
  yellow: ['#f2cf3b', '黄色'],
  mustard: ['#cf9a2b', '芥末黄'],
  brown: ['#6d452b', '棕色'],
  'coffee brown': ['#4a3226', '咖啡色'],
  'mushroom brown': ['#8d7a6b', '蘑菇棕'],
  tan: ['#c19a6b', '棕褐'],
  taupe: ['#8b7d72', '灰褐'],
  beige: ['#dccbb0', '米色'],
  cream: ['#f4ead2', '奶油色'],
  khaki: ['#a99a6c', '卡其'],
  skin: ['#e2b89a', '肤色'],
  nude: ['#dfb9a0', '裸色'],
  silver: ['#c3c7cc', '银色'],
  gold: ['#c9a23f', '金色'],
  copper: ['#b06a3b', '铜色'],
  bronze: ['#8c6a3b', '古铜'],
  metallic: ['#9aa0a6', '金属色'],
};

const isChinese = (): boolean => language.value === 'zh';

export function typeLabel(type: string): string {
  return TYPES[type]?.[isChinese() ? 1 : 0] ?? type;
}

export function genderLabel(gender: string): string {
  return GENDERS[gender as Gender]?.[isChinese() ? 1 : 0] ?? gender;
}

export function colorLabel(color: string): string {
  return (isChinese() && COLORS[color.toLowerCase()]?.[1]) || color;
}

export function usageLabel(usage: string): string {
  return (isChinese() && USAGES[usage.toLowerCase()]) || usage;
}

/** A CSS colour; null for a colour that is none, or many. */
export function swatch(color: string): string | null {
  return COLORS[color.toLowerCase()]?.[0] ?? null;
}
