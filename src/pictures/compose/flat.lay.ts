// Flat lays: an outfit as one picture, with its items cut out or framed, in realistic sizes.
import sharp, { type OverlayOptions } from 'sharp';
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import { decoding, toPixels } from '../codec.js';
import { DECODING } from '../decoding.turns.js';
import { cutOut } from './cut.out.js';
import { arrangeItems, HEIGHT, WIDTH, type ItemPosition } from './flat.lay.arrangement.js';

/** An item without its background, or framed: RGBA. */
interface LaidItem {
  slot: OutfitSlot;
  data: Uint8Array;
  width: number;
  height: number;
}

export interface FlatLayItem {
  slot: OutfitSlot;
  /** The stored picture. */
  picture: Uint8Array;
}

const PAPER = { r: 247, g: 245, b: 241 };
/** The shadow under all items: its opacity, and its blur and offset in hundredths of the width. */
const SHADOW = { opacity: 0.2, blur: 0.9, down: 0.8 };
/** Corner radius of a framed picture, as a share of its shorter side. */
const CORNER = 0.09;

/** Maximum memory for drawing an outfit, in bytes: six layers of 1024 × 1280 px in RGBA. */
const OUTFIT_COST = 32_000_000;

/**
 * Draws a flat lay when its turn comes.
 * @param width pixels; the height is 5/4 of it
 * @returns a PNG
 * @throws FitroomError PICTURES_BUSY
 */
export function flatLay(outfit: readonly FlatLayItem[], width: number): Promise<Uint8Array> {
  return DECODING.run({ rank: 'PAGE', weight: OUTFIT_COST }, () => draw(outfit, width));
}

async function draw(outfit: readonly FlatLayItem[], width: number): Promise<Uint8Array> {
  const items: LaidItem[] = [];
  // one after the other: each cutout blocks the thread for about 10 ms
  for (const item of outfit) items.push(await withoutBackground(item));
  const unit = width / WIDTH;
  const positions = arrangeItems(items);
  const laid = await Promise.all(items.map((item, i) => layAt(item, positions[i]!, unit)));
  const size = { width, height: Math.round(HEIGHT * unit) };
  const shadow = await shadowOf(laid, size, unit);
  return sharp({ create: { ...size, channels: 3, background: PAPER } })
    .composite([{ input: shadow, raw: { ...size, channels: 4 }, left: 0, top: 0 }, ...laid])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

async function withoutBackground({ slot, picture }: FlatLayItem): Promise<LaidItem> {
  const pixels = await toPixels(decoding(picture).flatten({ background: '#ffffff' }));
  const cutout = cutOut(pixels);
  if (cutout) return { slot, ...cutout };
  const { width, height } = pixels;
  return { slot, data: await framed(picture, width, height), width, height };
}

/** Returns the whole picture with round corners. */
async function framed(picture: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const radius = Math.round(CORNER * Math.min(width, height));
  const card = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${radius}"/></svg>`;
  return decoding(picture)
    .ensureAlpha()
    .composite([{ input: Buffer.from(card), blend: 'dest-in' }])
    .raw()
    .toBuffer();
}

async function layAt({ data, width, height }: LaidItem, position: ItemPosition, unit: number): Promise<OverlayOptions> {
  const size = [position.width, position.height].map((side) => Math.max(1, Math.round(side * unit)));
  const input = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(size[0], size[1], { fit: 'fill', kernel: 'lanczos3' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { input, left: Math.round(position.left * unit), top: Math.round(position.top * unit) };
}

/** Returns the shadow of the laid items, a dark blur of their shape: RGBA. */
async function shadowOf(
  laid: readonly OverlayOptions[],
  size: { width: number; height: number },
  unit: number,
): Promise<Buffer> {
  const down = Math.max(1, Math.round(SHADOW.down * unit));
  const shapes = await sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite(laid.map(({ top, ...overlay }) => ({ ...overlay, top: top! + down })))
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
