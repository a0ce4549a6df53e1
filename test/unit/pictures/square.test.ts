import { squareOf } from '../../../src/pictures/letterbox.js';

/** A picture of 8 × 4 pixels: the left half red, the right half blue. */
const wide = {
  hash: '',
  pixels: {
    width: 8,
    height: 4,
    data: Uint8Array.from(
      { length: 8 * 4 * 3 },
      (_, i) => (Math.floor(i / 3) % 8 < 4 ? [255, 0, 0] : [0, 0, 255])[i % 3]!,
    ),
  },
};
const pixel = (square: Uint8Array, size: number, x: number, y: number) => [
  ...square.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];

describe('squareOf', () => {
  it('squashes both sides to the square without cutting anything off', async () => {
    const square = await squareOf(wide, { size: 4, resize: { fit: 'squash', kernel: 'linear' } });
    expect(square).toHaveLength(4 * 4 * 3);
    expect([pixel(square, 4, 0, 1), pixel(square, 4, 3, 1)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });

  it('resizes the shorter side and crops the middle', async () => {
    const thirds = {
      hash: '',
      pixels: {
        width: 12,
        height: 4,
        data: Uint8Array.from({ length: 12 * 4 * 3 }, (_, i) =>
          Math.floor((Math.floor(i / 3) % 12) / 4) === i % 3 ? 255 : 0,
        ),
      },
    };
    const square = await squareOf(thirds, { size: 4, resize: { fit: 'crop', kernel: 'cubic' } });
    for (const x of [0, 1, 2, 3]) expect(pixel(square, 4, x, 2)).toEqual([0, 255, 0]);
  });

  it('letterboxes a picture if the rule has no resize', async () => {
    const square = await squareOf(wide, { size: 8 });
    expect(pixel(square, 8, 1, 4)).toEqual([255, 0, 0]);
    expect(pixel(square, 8, 1, 0)).not.toEqual([255, 0, 0]);
  });
});
