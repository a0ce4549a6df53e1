// Pictures that a shop does not expect: pictures of nothing, and garments in rare encodings.
import sharp, { type Sharp } from 'sharp';
import { drawnPng, sampleWhere } from './drawn.garments.js';

/** Functions that return encoded pictures, by a description of the picture. */
type OddPictures = Record<string, () => Promise<Buffer>>;

const blank = (background: string, width = 200, height = 260): Sharp =>
  sharp({ create: { width, height, channels: 4, background } });

/** Returns the same noise at each call. */
function noise(channels: 1 | 3): Sharp {
  let state = 7;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff) >> 16;
  const data = Uint8Array.from({ length: 128 * 128 * channels }, next);
  return sharp(data, { raw: { width: 128, height: 128, channels } });
}

const drawn = (inside: string): Sharp =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">${inside}</svg>`));
const gradient =
  '<defs><linearGradient id="g"><stop stop-color="#00f"/><stop offset="1" stop-color="#ff0"/></linearGradient></defs>' +
  '<rect width="200" height="200" fill="url(#g)"/>';

/** Pictures that show nothing. */
export const MEANINGLESS: OddPictures = {
  'a white picture': () => blank('#fff').png().toBuffer(),
  'a black picture': () => blank('#000').jpeg().toBuffer(),
  'a gray picture': () => blank('#888').png().toBuffer(),
  'a red picture': () => blank('#c00').webp().toBuffer(),
  'a transparent picture': () => blank('#0000').png().toBuffer(),
  'a single pixel': () => blank('#f00', 1, 1).png().toBuffer(),
  'one column of pixels': () => blank('#00f', 1, 1000).png().toBuffer(),
  'one row of pixels': () => blank('#00f', 1000, 1).gif().toBuffer(),
  'a picture of 3 × 4 pixels': () => blank('#0a0', 3, 4).png().toBuffer(),
  noise: () => noise(3).png().toBuffer(),
  'gray noise': () => noise(1).png().toBuffer(),
  'a color gradient': () => drawn(gradient).png().toBuffer(),
};

export const redDress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');

const dress = async (): Promise<Sharp> => sharp(await drawnPng(redDress));

/** A red dress in encodings that leave it recognizable. */
export const DISGUISED: OddPictures = {
  'in gray': async () => (await dress()).greyscale().jpeg().toBuffer(),
  'in CMYK': async () => (await dress()).toColourspace('cmyk').jpeg().toBuffer(),
  'in 16 bits per channel': async () => (await dress()).toColourspace('rgb16').png().toBuffer(),
  'in 16 colors': async () => (await dress()).png({ palette: true, colours: 16 }).toBuffer(),
  'half transparent': async () => (await dress()).ensureAlpha(0.5).png().toBuffer(),
  '16 pixels wide': async () => (await dress()).resize(16).png().toBuffer(),
  'rotated, with the EXIF orientation that turns it back': async () => lying(),
};

/** Pictures without one right classification. Tests only check the form of the response. */
export const AMBIGUOUS: OddPictures = {
  'a dress upside down': async () => (await dress()).rotate(180).png().toBuffer(),
  'a dress on its side': async () => (await dress()).rotate(90).png().toBuffer(),
  'a dress squeezed into one column': async () => (await dress()).resize(1, 200, { fit: 'fill' }).png().toBuffer(),
  'a dress four pixels wide': async () => (await dress()).resize(4).png().toBuffer(),
  'a page of text': () => drawn('<text x="10" y="100" font-size="30">INVOICE 42</text>').png().toBuffer(),
  'an orange': () => drawn('<circle cx="100" cy="100" r="60" fill="#fa0"/>').jpeg().toBuffer(),
};

async function lying(): Promise<Buffer> {
  const turned = await (await dress()).rotate(-90).png().toBuffer();
  return sharp(turned).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
}
