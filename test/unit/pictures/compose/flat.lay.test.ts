// A look as a picture: what is freed, what is framed, and where it lies.
import sharp from 'sharp';
import { cutOut } from '../../../../src/pictures/compose/cut.out.js';
import { flatLay } from '../../../../src/pictures/compose/flat.lay.js';
import { arrangeItems } from '../../../../src/pictures/compose/flat.lay.arrangement.js';

const [W, H] = [120, 160];
type Colour = readonly [number, number, number];

/** A garment as a rectangle on a ground. */
function painted(ground: (x: number, y: number) => Colour, garment: Colour) {
  const data = new Uint8Array(3 * W * H);
  for (let i = 0; i < W * H; i++) {
    const [x, y] = [i % W, Math.floor(i / W)];
    const isGarment = x >= 30 && x < 90 && y >= 40 && y < 120;
    data.set(isGarment ? garment : ground(x, y), 3 * i);
  }
  return { data, width: W, height: H };
}
const webpOf = (pixels: ReturnType<typeof painted>): Promise<Buffer> =>
  sharp(pixels.data, { raw: { width: W, height: H, channels: 3 } })
    .webp({ quality: 90 })
    .toBuffer();

const white = (): Colour => [254, 254, 254];
const studio = (_x: number, y: number): Colour => [250 - y / 10, 250 - y / 10, 252 - y / 10];
const room = (x: number, y: number): Colour => [(x * 37 + y * 11) % 256, (x * 5 + y * 59) % 256, (x * y) % 256];

describe('cutting a garment out', () => {
  it.each([
    ['white', white],
    ['unevenly lit', studio],
  ])('crops it to itself on a %s ground', (_name, ground) => {
    const { data, ...size } = cutOut(painted(ground, [180, 20, 40]))!;
    expect(size).toEqual({ width: 60, height: 80 });
    expect([...data.subarray(4 * (40 * 60 + 30), 4 * (40 * 60 + 30) + 4)]).toEqual([180, 20, 40, 255]);
  });

  it('frees a pale garment with an edge, and gives up on one that is hardly there or before a room', () => {
    expect(cutOut(painted(white, [225, 226, 224]))).not.toBeNull();
    expect(cutOut(painted(white, [248, 248, 248]))).toBeNull();
    expect(cutOut(painted(room, [180, 20, 40]))).toBeNull();
  });
});

describe('the picture of a look', () => {
  it('shows each piece in its place, freed or framed, at the width asked for', async () => {
    const [top, shoes] = [painted(white, [30, 60, 160]), painted(room, [30, 160, 60])];
    const pieces = [
      { slot: 'TOP', picture: await webpOf(top) },
      { slot: 'FEET', picture: await webpOf(shoes) },
    ] as const;
    const png = await flatLay(pieces, 200);
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.format, info.width, info.height, info.channels]).toEqual(['raw', 200, 250, 3]);
    expect((await sharp(png).metadata()).format).toBe('png');
    const at = (x: number, y: number): number[] => [...data.subarray(3 * (y * 200 + x), 3 * (y * 200 + x) + 3)];
    const [first, second] = arrangeItems([
      { slot: 'TOP', width: 60, height: 80 },
      { slot: 'FEET', width: W, height: H },
    ]).map(({ left, top: y, width, height }) =>
      at(Math.round(2 * (left + width / 2)), Math.round(2 * (y + height / 2))),
    );
    // WebP keeps colours to a few shades
    expect(Math.max(...first!.map((value, c) => Math.abs(value - [30, 60, 160][c]!)))).toBeLessThan(12);
    expect(Math.max(...second!.map((value, c) => Math.abs(value - [30, 160, 60][c]!)))).toBeLessThan(40);
    expect(at(2, 2)).toEqual([247, 245, 241]);
  });

  it('makes a coat larger than a hat and leaves nothing outside, whatever the pieces', () => {
    const square = { width: 100, height: 100 };
    const slots = ['HEAD', 'TOP', 'BOTTOM', 'OUTER', 'FEET', 'ACCESSORY'] as const;
    const places = arrangeItems(slots.map((slot) => ({ slot, ...square })));
    expect(places[3]!.width).toBeGreaterThan(2 * places[0]!.width);
    for (const { left, top, width, height } of places) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(5.99);
      expect(left + width).toBeLessThanOrEqual(94.01);
      expect(top + height).toBeLessThanOrEqual(119.01);
    }
  });
});
