// Translates the API's English reasons for shoppers. Unknown reasons stay in English.
import { colorLabel, genderLabel, typeLabel, usageLabel } from './labels.js';
import { language } from './language.js';

export interface LocalText {
  text: string;
  /** Set if the text's language differs from the page's. */
  lang?: 'en';
}

const TYPES: Record<string, string> = {
  'a dress': 'DRESS',
  'a hat': 'HAT',
  'a long-sleeved top': 'LONG_SLEEVE',
  outerwear: 'OUTERWEAR',
  trousers: 'PANTS',
  'a shirt': 'SHIRT',
  shoes: 'SHOES',
  shorts: 'SHORTS',
  'a skirt': 'SKIRT',
  'a T-shirt': 'T_SHIRT',
};

const FIXED_REASONS: Record<string, string> = {
  'looks like your photo': '与你的图片相似',
  'the same kind as in your photo': '与图片中的服装同类',
  'fits your words': '符合你的描述',
  'keeps clear of what you do not want': '避开了你不想要的',
  'its description has your words': '商品描述包含你的用词',
  'the nearest that the catalog has': '目录中最接近的服装',
  'not quite what you asked for, but the nearest that the catalog has': '不完全符合，但已是最接近的服装',
  'like what you chose before': '与你之前选择的相似',
};

/** The fixed reasons of src/domain/outfit. */
const PAIR_REASONS: Record<string, string> = {
  'all pieces go together; this is the weakest pair': '各件都很搭，只是这两件稍弱一些',
  'they differ in style': '风格不同',
  'the gender of one item is unknown': '不清楚其中一件适合谁穿',
  'the occasion of one item is unknown': '不清楚其中一件适合什么场合',
  'one is for sports or bad weather, the other is dressy': '一件适合运动或雨天，另一件较正式',
  'one is for cold days, the other for warm ones': '一件适合冷天，另一件适合热天',
};

/** Translates a reason why a garment is recommended. */
export function reasonText(reason: string): LocalText {
  if (language.value === 'en') return { text: reason };
  const fixed = FIXED_REASONS[reason];
  if (fixed) return { text: fixed };
  const [, requested] = /^(.+), as you asked$/.exec(reason) ?? [];
  if (requested !== undefined) return { text: `你要的${requestedLabel(requested)}` };
  const [, liked] = /^(.+), as you have liked before$/.exec(reason) ?? [];
  if (liked !== undefined) return { text: `你喜欢过的${requestedLabel(liked)}` };
  const [, gender] = /^for (\w+)$/.exec(reason) ?? [];
  if (gender !== undefined) return { text: `适合${genderLabel(gender.toUpperCase())}` };
  return { text: reason, lang: 'en' };
}

/** Translates the reason why two garments of an outfit match least. For a Chinese request the API sends it in Chinese. */
export function weakestLinkText(link: string): LocalText {
  if (language.value === 'en') return { text: link };
  if (/^“.+”和“.+”：/.test(link)) return { text: link };
  const [, first, second, reason] = /^“(.+)” and “(.+)”: (.+)\.$/.exec(link) ?? [];
  const translated = reason === undefined ? undefined : (PAIR_REASONS[reason] ?? usagesText(reason));
  if (translated === undefined) return { text: link, lang: 'en' };
  return { text: `“${first}”与“${second}”：${translated}。` };
}

function usagesText(reason: string): string | undefined {
  const [, first, second] = /^one is for (.+?)(?: wear)?, the other for (.+?)(?: wear)?$/.exec(reason) ?? [];
  if (first === undefined || second === undefined) return undefined;
  return `一件适合${usageLabel(first)}，另一件适合${usageLabel(second)}`;
}

function requestedLabel(requested: string): string {
  const type = TYPES[requested];
  if (type) return typeLabel(type);
  const color = colorLabel(requested);
  return color === requested ? usageLabel(requested) : color;
}
