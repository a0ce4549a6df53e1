// A look as one picture: its pieces laid out as they are worn, each freed from its background or else framed, in sizes as
// they have to each other. Knows no garment but by slot.
import sharp, { type OverlayOptions } from 'sharp';
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import { decoding, toPixels } from '../codec.js';
import { DECODING } from '../decoding.turns.js';
import { cutOut } from './cut.out.js';
import { arrangeItems, HEIGHT, WIDTH, type ItemPosition } from './flat.lay.arrangement.js';

/** A piece without its ground, or framed: RGBA. */
interface Freed {
  slot: OutfitSlot;
  data: Uint8Array;
  width: number;
  height: number;
}

export interface FlatLayItem {
  slot: OutfitSlot;
  /** A stored picture. */
  picture: Uint8Array;
}

const PAPER = { r: 247, g: 245, b: 241 };
/** The shadow under all pieces: how dark, and how far and soft, in hundredths of the width. */
const SHADOW = { opacity: 0.2, blur: 0.9, down: 0.8 };
/** Corner of a framed picture, as a share of its shorter side. */
const CORNER = 0.09;

/** Memory that drawing a look takes at most, in bytes: six layers of 1024 × 1280 px in RGBA. */
const LOOK_PRICE = 32_000_000;

/**
 * Draws when its turn comes.
 * @param width pixels; the height is 5/4 of it
 * @returns a PNG
 * @throws FitroomError PICTURES_BUSY
 */
export function flatLay(pieces: readonly FlatLayItem[], width: number): Promise<Uint8Array> {
  return DECODING.run({ rank: 'PAGE', weight: LOOK_PRICE }, () => drawn(pieces, width));
}

async function drawn(pieces: readonly FlatLayItem[], width: number): Promise<Uint8Array> {
  const freed: Freed[] = [];
  // one after the other: each fill holds the thread for some 10 ms
  for (const piece of pieces) freed.push(await free(piece));
  const unit = width / WIDTH;
  const places = arrangeItems(freed);
  const laid = await Promise.all(freed.map((piece, i) => layAt(piece, places[i]!, unit)));
  const size = { width, height: Math.round(HEIGHT * unit) };
  const shadow = await shadowOf(laid, size, unit);
  return sharp({ create: { ...size, channels: 3, background: PAPER } })
    .composite([{ input: shadow, raw: { ...size, channels: 4 }, left: 0, top: 0 }, ...laid])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

async function free({ slot, picture }: FlatLayItem): Promise<Freed> {
  const pixels = await toPixels(decoding(picture).flatten({ background: '#ffffff' }));
  const alone = cutOut(pixels);
  if (alone) return { slot, ...alone };
  const { width, height } = pixels;
  return { slot, data: await framed(picture, width, height), width, height };
}

/** The whole picture with round corners. */
async function framed(picture: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const radius = Math.round(CORNER * Math.min(width, height));
  const card = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${radius}"/></svg>`;
  return decoding(picture)
    .ensureAlpha()
    .composite([{ input: Buffer.from(card), blend: 'dest-in' }])
    .raw()
    .toBuffer();
}

async function layAt({ data, width, height }: Freed, place: ItemPosition, unit: number): Promise<OverlayOptions> {
  const size = [place.width, place.height].map((side) => Math.max(1, Math.round(side * unit)));
  const input = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(size[0], size[1], { fit: 'fill', kernel: 'lanczos3' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { input, left: Math.round(place.left * unit), top: Math.round(place.top * unit) };
}

/** What lies on the paper, as a dark blur of its shape: RGBA. */
async function shadowOf(
  laid: readonly OverlayOptions[],
  size: { width: number; height: number },
  unit: number,
): Promise<Buffer> {
  const down = Math.max(1, Math.round(SHADOW.down * unit));
  const shapes = await sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(laid.map(({ top, ...piece }) => ({ ...piece, top: top! + down })))
    .png({ compressionLevel: 0 })
    .toBuffer();
  const alpha = await sharp(shapes)
    .extractChannel('alpha')
    .blur(Math.max(0.5, SHADOW.blur * unit))
    .linear(SHADOW.opacity, 0)
    .raw()
    .toBuffer();
  const shadow = Buffer.alloc(4 * size.width * size.height);
  for (let i = 0; i < alpha.length; i++) shadow[4 * i + 3] = alpha[i]!;
  return shadow;
}
