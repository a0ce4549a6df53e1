import sharp from 'sharp';
import { openPicture } from '../../../src/pictures/picture.js';
import { asHeldCamera, asSharp, encodeScene, meanDifference, paintScene } from '../../support/picture.js';

const scene = paintScene();

/** Returns the RGB of the pixel at (x, y) of an encoded picture. */
async function pixelAt(bytes: Uint8Array, x = 0, y = 0): Promise<number[]> {
  const { pixels } = await openPicture(bytes);
  const start = (y * pixels.width + x) * 3;
  return [...pixels.data.subarray(start, start + 3)];
}

const near = (color: number[], expected: number[], within = 3) =>
  expect(Math.max(...color.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(within);

describe('openPicture', () => {
  it.each(['png', 'webp', 'avif', 'jpeg'] as const)('decodes the same pixels from a %s', async (format) => {
    const { pixels } = await openPicture(await encodeScene(scene, format));
    expect([pixels.width, pixels.height]).toEqual([scene.width, scene.height]);
    expect(meanDifference(pixels.data, scene.data)).toBeLessThan(format === 'png' ? 0.001 : 1.5);
  });

  it('decodes the first frame of a GIF', async () => {
    const frames = [
      [255, 0, 0],
      [0, 0, 255],
    ].map(([r, g, b]) => ({
      create: { width: 8, height: 8, channels: 3 as const, background: { r: r!, g: g!, b: b! } },
    }));
    const buffers = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()));
    const animated = await sharp(buffers, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { pixels } = await openPicture(animated);
    expect([pixels.width, pixels.height]).toEqual([8, 8]);
    near([...pixels.data.subarray(0, 3)], [255, 0, 0]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a photo with EXIF orientation %i upright', async (orientation) => {
    const { pixels } = await openPicture(await asHeldCamera(scene, orientation));
    expect([pixels.width, pixels.height]).toEqual([scene.width, scene.height]);
    expect(meanDifference(pixels.data, scene.data)).toBeLessThan(1.5);
  });

  it('puts transparent pixels on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect(await pixelAt(png)).toEqual([255, 255, 255]);
    const half = await sharp({ create: { width: 4, height: 4, channels: 4, background: { ...clear, alpha: 0.5 } } })
      .png()
      .toBuffer();
    near(await pixelAt(half), [127, 127, 127]);
  });

  it('converts gray and 16-bit pictures to RGB', async () => {
    const gray = await sharp(new Uint8Array(16).fill(100), { raw: { width: 4, height: 4, channels: 1 } })
      .png()
      .toBuffer();
    expect(await pixelAt(gray)).toEqual([100, 100, 100]);
    const deep = await asSharp(scene).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const { pixels } = await openPicture(deep);
    expect(meanDifference(pixels.data, scene.data)).toBeLessThan(1);
  });

  it('converts CMYK to RGB', async () => {
    const red = { create: { width: 8, height: 8, channels: 3 as const, background: { r: 200, g: 30, b: 40 } } };
    const cmyk = await sharp(red).toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    near(await pixelAt(cmyk), [200, 30, 40], 25);
  });

  it('converts colors with the file’s color profile', async () => {
    const red = { create: { width: 8, height: 8, channels: 3 as const, background: { r: 200, g: 30, b: 40 } } };
    const p3 = await sharp(red).withIccProfile('p3').png().toBuffer();
    const stored = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    expect(stored[0]).toBeLessThan(190);
    near(await pixelAt(p3), [200, 30, 40]);
  });

  it('reduces the longer side to at most 1024 px and never enlarges', async () => {
    const large = await openPicture(
      await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#888' } })
        .jpeg()
        .toBuffer(),
    );
    expect([large.pixels.width, large.pixels.height]).toEqual([1024, 512]);
    const thin = await openPicture(
      await sharp({ create: { width: 9000, height: 2, channels: 3, background: '#888' } })
        .png()
        .toBuffer(),
    );
    expect([thin.pixels.width, thin.pixels.height]).toEqual([1024, 1]);
  });

  it('returns a hash of the bytes', async () => {
    const png = await encodeScene(scene, 'png');
    const again = await openPicture(Uint8Array.from(png));
    expect((await openPicture(png)).hash).toBe(again.hash);
    expect(again.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await openPicture(await encodeScene(scene, 'webp'))).hash).not.toBe(again.hash);
  });
});
