// The API's reasons, which it gives in English, in the shopper's language. One that is not known here stays as it is.
import { colorLabel, genderLabel, typeLabel, usageLabel } from './labels.js';
import { language } from './language.js';

export interface Said {
  text: string;
  /** Of the text, where it is not the page's. */
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

const WHOLE: Record<string, string> = {
  'looks like your photo': '与你的图片相像',
  'the same kind as in your photo': '与图片中同类',
  'fits your words': '符合你的描述',
  'keeps clear of what you do not want': '避开了你不想要的',
  'its description has your words': '商品描述里有你说的词',
  'the nearest that the catalog has': '目录里最接近的',
  'like what you liked': '像你喜欢过的',
};

const PAIRS: Record<string, string> = {
  'nothing speaks against them, other pairs only go together better': '没有不妥，只是其他几对更搭',
  'they differ in style': '风格不同',
  'it is not known whom one of them is cut for': '其中一件适合谁不明',
  'it is not known what one of them is for': '其中一件适合什么场合不明',
};

export function reasonText(reason: string): Said {
  if (language.value === 'en') return { text: reason };
  const whole = WHOLE[reason];
  if (whole) return { text: whole };
  const [, asked] = /^(.+), as you asked$/.exec(reason) ?? [];
  if (asked !== undefined) return { text: `你要的${askedLabel(asked)}` };
  const [, gender] = /^for (\w+)$/.exec(reason) ?? [];
  if (gender !== undefined) return { text: `适合${genderLabel(gender.toUpperCase())}` };
  return { text: reason, lang: 'en' };
}

export function weakestLinkText(link: string): Said {
  if (language.value === 'en') return { text: link };
  const [, first, second, reason] = /^“(.+)” and “(.+)”: (.+)\.$/.exec(link) ?? [];
  const said = reason === undefined ? undefined : (PAIRS[reason] ?? usesText(reason));
  if (said === undefined) return { text: link, lang: 'en' };
  return { text: `“${first}”与“${second}”：${said}。` };
}

function usesText(reason: string): string | undefined {
  const [, first, second] = /^one is for (.+?)(?: wear)?, the other for (.+?)(?: wear)?$/.exec(reason) ?? [];
  if (first === undefined || second === undefined) return undefined;
  return `一件适合${usageLabel(first)}，另一件适合${usageLabel(second)}`;
}

function askedLabel(asked: string): string {
  const type = TYPES[asked];
  if (type) return typeLabel(type);
  const color = colorLabel(asked);
  return color === asked ? usageLabel(asked) : color;
}
