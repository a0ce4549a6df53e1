import sharp from 'sharp';
import { isBlank } from '../../../src/pictures/blank.picture.js';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { drawnPng, sampleWhere } from '../../support/drawn.garments.js';

const shade = (background: string, width = 90, height = 120) =>
  sharp({ create: { width, height, channels: 4, background } });
const isBlankFile = async (bytes: Uint8Array) => isBlank(await letterbox(await openPicture(bytes), 96));

describe('isBlank', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['of one shade', () => shade('#c00').png().toBuffer()],
    ['of one shade as a poor JPEG', () => shade('#2f7a51').jpeg({ quality: 20 }).toBuffer()],
    ['that is transparent all over', () => shade('#0000').png().toBuffer()],
    ['of one pixel', () => shade('#00f', 1, 1).png().toBuffer()],
    ['of one column of pixels', () => shade('#00f', 1, 700).png().toBuffer()],
  ])('returns true for a picture %s', async (_, make) => {
    expect(await isBlankFile(await make())).toBe(true);
  });

  it('returns false for the palest garment on the palest background', async () => {
    const white = await drawnPng(sampleWhere(({ color }) => color === 'White'));
    const faint = await sharp(white).linear(0.25, 191).jpeg().toBuffer();
    expect(await isBlankFile(white)).toBe(false);
    expect(await isBlankFile(faint)).toBe(false);
  });
});
