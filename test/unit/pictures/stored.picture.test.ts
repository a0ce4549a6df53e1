import sharp from 'sharp';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { rasterize } from '../../../src/pictures/rasterize.js';
import { resizeStored, toStoredWebp } from '../../../src/pictures/stored.picture.js';
import { asHeldCamera, encodeScene, meanDifference, paintScene } from '../../support/picture.js';

const stored = async (width: number, height: number) =>
  toStoredWebp(await openPicture(await encodeScene(paintScene(width, height), 'png')));

describe('toStoredWebp', () => {
  it('brings a large picture to 512 px and leaves a small one its size', async () => {
    expect(await stored(900, 1200)).toMatchObject({ width: 384, height: 512 });
    expect(await stored(60, 80)).toMatchObject({ width: 60, height: 80 });
  });

  it('writes a WebP that says its own size', async () => {
    const { webp, width, height } = await stored(300, 200);
    expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width, height });
  });

  it('drops what the camera wrote beside the pixels', async () => {
    const photo = await sharp(await asHeldCamera(paintScene(), 6))
      .withExifMerge({ IFD0: { Artist: 'marked-by-a-test' }, IFD3: { GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('marked-by-a-test')).toBe(true);
    const { webp } = await toStoredWebp(await openPicture(photo));
    expect(Buffer.from(webp).includes('marked-by-a-test')).toBe(false);
    expect((await sharp(webp).metadata()).exif).toBeUndefined();
  });

  it('keeps what is of its own form already byte for byte, and nothing else', async () => {
    const { webp, width, height } = await stored(300, 400);
    expect(await toStoredWebp(await openPicture(webp))).toEqual({ webp, width, height });
    const others = {
      larger: sharp(await encodeScene(paintScene(600, 800), 'png')).webp(),
      lossless: sharp(webp).webp({ lossless: true }),
      transparent: sharp(webp).ensureAlpha(0.5).webp(),
      marked: sharp(webp)
        .withExifMerge({ IFD0: { Artist: 'marked-by-a-test' } })
        .webp(),
    };
    for (const [name, pipeline] of Object.entries(others)) {
      const given = await pipeline.toBuffer();
      const again = await toStoredWebp(await openPicture(given));
      expect([name, Buffer.from(again.webp).equals(given)]).toEqual([name, false]);
      expect(Buffer.from(again.webp).includes('marked-by-a-test')).toBe(false);
    }
  });

  it('does not keep what hangs on behind the picture', async () => {
    const { webp } = await stored(300, 400);
    const trailed = Buffer.concat([webp, Buffer.from('marked-by-a-test')]);
    const again = await toStoredWebp(await openPicture(trailed));
    expect(Buffer.from(again.webp).includes('marked-by-a-test')).toBe(false);
    // as though it belonged to the file
    trailed.writeUInt32LE(trailed.length - 8, 4);
    await expect(openPicture(trailed)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('can be embedded again almost as the original', async () => {
    const picture = await openPicture(await encodeScene(paintScene(600, 800), 'png'));
    const again = await openPicture((await toStoredWebp(picture)).webp);
    expect(meanDifference(await letterbox(picture, 128), await letterbox(again, 128))).toBeLessThan(2);
  });
});

describe('resizeStored', () => {
  it.each(['webp', 'jpeg'] as const)('serves another width as %s, in proportion', async (format) => {
    const { webp } = await stored(300, 400);
    const served = await resizeStored(webp, 150, format);
    expect(await sharp(served).metadata()).toMatchObject({ format, width: 150, height: 200 });
  });

  it('never serves more pixels than are stored', async () => {
    const { webp } = await stored(60, 80);
    expect(await sharp(await resizeStored(webp, 640, 'webp')).metadata()).toMatchObject({ width: 60, height: 80 });
  });
});

describe('rasterize', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40" width="30" height="40"><rect width="15" height="40" fill="#c81e28"/></svg>';

  it('draws at the size asked for, with sharp edges', async () => {
    const png = await rasterize(svg, 300);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 300, height: 400 });
    const { pixels } = await openPicture(png);
    const at = (x: number) => [...pixels.data.subarray((200 * 300 + x) * 3, (200 * 300 + x) * 3 + 3)];
    expect(at(145)).toEqual([200, 30, 40]);
    expect(at(155)).toEqual([255, 255, 255]);
  });

  it('draws the same bytes every time', async () => {
    expect(Buffer.compare(Buffer.from(await rasterize(svg, 120)), Buffer.from(await rasterize(svg, 120)))).toBe(0);
  });
});
