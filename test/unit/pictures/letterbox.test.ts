import sharp from 'sharp';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { encodeScene, meanDifference, paintScene } from '../../support/picture.js';

const pixel = (square: Uint8Array, size: number, x: number, y: number) => [
  ...square.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];

/** Returns a picture with these pixels, row by row. */
async function pictureOf(rows: number[][][]) {
  const data = Uint8Array.from(rows.flat(2));
  return openPicture(
    await sharp(data, { raw: { width: rows[0]!.length, height: rows.length, channels: 3 } })
      .png()
      .toBuffer(),
  );
}

describe('letterbox', () => {
  it('leaves a square of the right size unchanged', async () => {
    const scene = paintScene(32, 32);
    expect([...(await letterbox(await openPicture(await encodeScene(scene, 'png')), 32))]).toEqual([...scene.data]);
  });

  it('centers a portrait picture on the color of its border', async () => {
    const blue = { r: 10, g: 20, b: 200 };
    const bytes = await sharp({ create: { width: 30, height: 40, channels: 3, background: blue } })
      .png()
      .toBuffer();
    const square = await letterbox(await openPicture(bytes), 16);
    expect(square).toHaveLength(16 * 16 * 3);
    for (let i = 0; i < 256; i++) expect(pixel(square, 16, i % 16, Math.floor(i / 16))).toEqual([10, 20, 200]);
  });

  it('puts an extra column on the right and an extra row at the bottom', async () => {
    const [k, w] = [
      [0, 0, 0],
      [255, 255, 255],
    ];
    // 3 × 4 in 4 × 4: left = floor(1 / 2) = 0; the ring of ten has seven black pixels, so the padding is black
    const picture = await pictureOf([
      [w, k, k],
      [w, k, k],
      [w, k, k],
      [k, k, k],
    ]);
    const square = await letterbox(picture, 4);
    expect(pixel(square, 4, 0, 0)).toEqual([255, 255, 255]);
    expect(pixel(square, 4, 3, 0)).toEqual([0, 0, 0]);
  });

  it('rounds down the mean of the two middle values of an even border', async () => {
    const picture = await pictureOf([
      [
        [10, 0, 0],
        [21, 0, 0],
      ],
    ]);
    // 2 × 1 in 2 × 2: top = floor(1 / 2) = 0, so the second row is padding of floor((10 + 21) / 2)
    expect(pixel(await letterbox(picture, 2), 2, 0, 1)).toEqual([15, 0, 0]);
  });

  it('keeps a picture that is one pixel high visible', async () => {
    const bytes = await sharp({ create: { width: 500, height: 1, channels: 3, background: '#c81e28' } })
      .png()
      .toBuffer();
    expect(pixel(await letterbox(await openPicture(bytes), 64), 64, 63, 31)).toEqual([200, 30, 40]);
  });

  it('enlarges a small picture to the same proportions', async () => {
    const square = await letterbox(await openPicture(await encodeScene(paintScene(30, 40), 'png')), 128);
    // 96 × 128 in the center: the positions of the red block, the blue block and the border
    expect(pixel(square, 128, 16 + 29, 38)).toEqual([200, 30, 40]);
    expect(pixel(square, 128, 16 + 29, 90)).toEqual([30, 40, 190]);
    expect(pixel(square, 128, 2, 64)).toEqual([255, 255, 255]);
  });

  it('returns the same pixels for the same picture in another format', async () => {
    const scene = paintScene(240, 320);
    const squares = await Promise.all(
      (['png', 'webp', 'avif'] as const).map(async (format) =>
        letterbox(await openPicture(await encodeScene(scene, format)), 96),
      ),
    );
    expect(meanDifference(squares[0]!, squares[1]!)).toBe(0);
    expect(meanDifference(squares[0]!, squares[2]!)).toBeLessThan(1);
  });

  it('returns nearly the same pixels with and without an earlier resize to 1024 px', async () => {
    const scene = paintScene(2400, 3200);
    const whole = await letterbox({ pixels: scene, hash: '' }, 128);
    const opened = await letterbox(await openPicture(await encodeScene(scene, 'png')), 128);
    expect(meanDifference(whole, opened)).toBeLessThan(1);
  });
});
