// A sheet of numbered picture pairs, for people who compare them.
import sharp, { type OverlayOptions } from 'sharp';

export interface PairOfPictures {
  number: number;
  /** Left and right picture, of equal size. */
  pictures: readonly [Uint8Array, Uint8Array];
}

const GAP = 12;
const CAPTION = 26;

/** Draws the sheet. @param columns pairs per row @param size of one picture in pixels @returns a PNG */
export async function pairSheet(
  pairs: readonly PairOfPictures[],
  columns: number,
  size: { width: number; height: number },
): Promise<Uint8Array> {
  const cell = { width: 2 * size.width + 3 * GAP, height: size.height + CAPTION + GAP };
  const rows = Math.ceil(pairs.length / columns);
  const sheet = { width: columns * cell.width, height: rows * cell.height };
  const overlays = pairs.flatMap(({ pictures, number }, i): OverlayOptions[] => {
    const [left, top] = [(i % columns) * cell.width + GAP, Math.floor(i / columns) * cell.height + CAPTION];
    const right = left + size.width + GAP;
    return [
      { input: caption(`${number}`, cell.width - GAP), left: left - GAP, top: top - CAPTION },
      ...pictures.map((picture, side) => ({ input: Buffer.from(picture), left: side === 0 ? left : right, top })),
    ];
  });
  return sharp({ create: { ...sheet, channels: 3, background: '#ffffff' } })
    .composite(overlays)
    .png()
    .toBuffer();
}

function caption(number: string, width: number): Buffer {
  const text = `<text x="${GAP}" y="19" font-family="sans-serif" font-size="17" font-weight="bold">${number}   A | B</text>`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${CAPTION}">${text}</svg>`);
}
