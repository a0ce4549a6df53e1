// Flat lays: cutouts, framed pictures and the positions of the items.
import sharp from 'sharp';
import { cutOut } from '../../../../src/pictures/compose/cut.out.js';
import { flatLay } from '../../../../src/pictures/compose/flat.lay.js';
import { arrangeItems } from '../../../../src/pictures/compose/flat.lay.arrangement.js';

const [W, H] = [120, 160];
type Color = readonly [number, number, number];

/** Paints a garment as a rectangle on a background. */
function painted(background: (x: number, y: number) => Color, garment: Color) {
  const data = new Uint8Array(3 * W * H);
  for (let i = 0; i < W * H; i++) {
    const [x, y] = [i % W, Math.floor(i / W)];
    const isGarment = x >= 30 && x < 90 && y >= 40 && y < 120;
    data.set(isGarment ? garment : background(x, y), 3 * i);
  }
  return { data, width: W, height: H };
}
const webpOf = (pixels: ReturnType<typeof painted>): Promise<Buffer> =>
  sharp(pixels.data, { raw: { width: W, height: H, channels: 3 } })
    .webp({ quality: 90 })
    .toBuffer();

const white = (): Color => [254, 254, 254];
const studio = (_x: number, y: number): Color => [250 - y / 10, 250 - y / 10, 252 - y / 10];
const room = (x: number, y: number): Color => [(x * 37 + y * 11) % 256, (x * 5 + y * 59) % 256, (x * y) % 256];

describe('cutOut', () => {
  it.each([
    ['white', white],
    ['unevenly lit', studio],
  ])('crops a garment on a %s background to its shape', (_name, background) => {
    const { data, ...size } = cutOut(painted(background, [180, 20, 40]))!;
    expect(size).toEqual({ width: 60, height: 80 });
    expect([...data.subarray(4 * (40 * 60 + 30), 4 * (40 * 60 + 30) + 4)]).toEqual([180, 20, 40, 255]);
  });

  it('cuts out a pale garment with an edge, and returns null for a hardly visible one or a busy background', () => {
    expect(cutOut(painted(white, [225, 226, 224]))).not.toBeNull();
    expect(cutOut(painted(white, [248, 248, 248]))).toBeNull();
    expect(cutOut(painted(room, [180, 20, 40]))).toBeNull();
  });
});

describe('flatLay', () => {
  it('shows each item at its position, cut out or framed, at the requested width', async () => {
    const [top, shoes] = [painted(white, [30, 60, 160]), painted(room, [30, 160, 60])];
    const items = [
      { slot: 'TOP', picture: await webpOf(top) },
      { slot: 'FEET', picture: await webpOf(shoes) },
    ] as const;
    const png = await flatLay(items, 200);
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
    // WebP changes colors by a few shades
    expect(Math.max(...first!.map((value, c) => Math.abs(value - [30, 60, 160][c]!)))).toBeLessThan(12);
    expect(Math.max(...second!.map((value, c) => Math.abs(value - [30, 160, 60][c]!)))).toBeLessThan(40);
    expect(at(2, 2)).toEqual([247, 245, 241]);
  });

  it('draws a coat larger than a hat and keeps all items within the margins', () => {
    const square = { width: 100, height: 100 };
    const slots = ['HEAD', 'TOP', 'BOTTOM', 'OUTER', 'FEET', 'ACCESSORY'] as const;
    const positions = arrangeItems(slots.map((slot) => ({ slot, ...square })));
    expect(positions[3]!.width).toBeGreaterThan(2 * positions[0]!.width);
    for (const { left, top, width, height } of positions) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(5.99);
      expect(left + width).toBeLessThanOrEqual(94.01);
      expect(top + height).toBeLessThanOrEqual(119.01);
    }
  });
});
