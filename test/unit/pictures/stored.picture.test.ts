import sharp from 'sharp';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { isPlainJpeg } from '../../../src/pictures/plain.jpeg.js';
import { rasterize } from '../../../tools/draw/rasterize.js';
import { resizeStored, toStored } from '../../../src/pictures/stored.picture.js';
import { asHeldCamera, encodeScene, meanDifference, paintScene } from '../../support/picture.js';

const stored = async (width: number, height: number) =>
  toStored(await openPicture(await encodeScene(paintScene(width, height), 'png')));

describe('toStored', () => {
  it('reduces a large picture to 512 px and keeps the size of a small one', async () => {
    expect(await stored(900, 1200)).toMatchObject({ width: 384, height: 512 });
    expect(await stored(60, 80)).toMatchObject({ width: 60, height: 80 });
  });

  it('writes a JPEG with its size in the header', async () => {
    const { bytes, width, height } = await stored(300, 200);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width, height });
  });

  it('drops the camera’s metadata', async () => {
    const photo = await sharp(await asHeldCamera(paintScene(), 6))
      .withExifMerge({ IFD0: { Artist: 'marked-by-a-test' }, IFD3: { GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('marked-by-a-test')).toBe(true);
    const { bytes } = await toStored(await openPicture(photo));
    expect(Buffer.from(bytes).includes('marked-by-a-test')).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  it.each(['jpeg', 'webp'] as const)('stores a plain %s byte for byte', async (format) => {
    const plain = await sharp((await stored(300, 400)).bytes)
      .toFormat(format)
      .toBuffer();
    expect(await toStored(await openPicture(plain))).toEqual({ bytes: plain, width: 300, height: 400 });
  });

  it('encodes a picture again that is too large or has metadata, transparency or another color space', async () => {
    const { bytes } = await stored(300, 400);
    const marked = { IFD0: { Artist: 'marked-by-a-test' } };
    const others = {
      larger: sharp(await encodeScene(paintScene(600, 800), 'png')).jpeg(),
      'a larger WebP': sharp(await encodeScene(paintScene(600, 800), 'png')).webp(),
      'a lossless WebP': sharp(bytes).webp({ lossless: true }),
      'a transparent WebP': sharp(bytes).ensureAlpha(0.5).webp(),
      'a marked WebP': sharp(bytes).withExifMerge(marked).webp(),
      'a marked JPEG': sharp(bytes).withExifMerge(marked).jpeg(),
      'a JPEG with a color profile': sharp(bytes).withIccProfile('p3').jpeg(),
      'a JPEG for print': sharp(bytes).toColourspace('cmyk').jpeg(),
    };
    for (const [name, pipeline] of Object.entries(others)) {
      const original = await pipeline.toBuffer();
      const again = await toStored(await openPicture(original));
      expect([name, Buffer.from(again.bytes).equals(original)]).toEqual([name, false]);
      expect(Buffer.from(again.bytes).includes('marked-by-a-test')).toBe(false);
      expect(isPlainJpeg(again.bytes)).toBe(true);
    }
  });

  it('accepts a progressive JPEG as plain, but none with a comment, a thumbnail or a second end marker', async () => {
    const { bytes } = await stored(300, 400);
    expect(isPlainJpeg(await sharp(bytes).jpeg({ progressive: true }).toBuffer())).toBe(true);
    const comment = Buffer.from([0xff, 0xfe, 0, 7, ...Buffer.from('hello')]);
    expect(isPlainJpeg(Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]))).toBe(false);
    const jfif = (thumbnail: number): Buffer => {
      const head = [0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, thumbnail];
      return Buffer.concat([bytes.subarray(0, 2), Buffer.from(head), bytes.subarray(2)]);
    };
    expect([0, 1].map((thumbnail) => isPlainJpeg(jfif(thumbnail)))).toEqual([true, false]);
    expect(isPlainJpeg(Buffer.concat([bytes, Buffer.from([0xff, 0xd9])]))).toBe(false);
    for (const length of [0, 1, 2, 3, 20, bytes.length - 2]) expect(isPlainJpeg(bytes.subarray(0, length))).toBe(false);
  });

  it('drops bytes after the end of the picture', async () => {
    const { bytes } = await stored(300, 400);
    const again = await toStored(await openPicture(Buffer.concat([bytes, Buffer.from('marked-by-a-test')])));
    expect(Buffer.from(again.bytes).includes('marked-by-a-test')).toBe(false);
    const webp = await sharp(bytes).webp().toBuffer();
    const trailed = Buffer.concat([webp, Buffer.from('marked-by-a-test')]);
    expect(Buffer.from((await toStored(await openPicture(trailed))).bytes).includes('marked-by-a-test')).toBe(false);
    // the length in the header includes the trailing bytes
    trailed.writeUInt32LE(trailed.length - 8, 4);
    await expect(openPicture(trailed)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('stores a picture that is embedded nearly as the original', async () => {
    const picture = await openPicture(await encodeScene(paintScene(600, 800), 'png'));
    const again = await openPicture((await toStored(picture)).bytes);
    expect(meanDifference(await letterbox(picture, 128), await letterbox(again, 128))).toBeLessThan(2);
  });
});

describe('resizeStored', () => {
  it.each(['webp', 'jpeg'] as const)('resizes to another width as %s, in proportion', async (format) => {
    const { bytes } = await stored(300, 400);
    const served = await resizeStored(bytes, 150, format);
    expect(await sharp(served).metadata()).toMatchObject({ format, width: 150, height: 200 });
  });

  it('never enlarges a stored picture', async () => {
    const { bytes } = await stored(60, 80);
    expect(await sharp(await resizeStored(bytes, 640, 'webp')).metadata()).toMatchObject({ width: 60, height: 80 });
  });
});

describe('rasterize', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40" width="30" height="40"><rect width="15" height="40" fill="#c81e28"/></svg>';

  it('draws at the requested size with sharp edges', async () => {
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
