// Disturbances of pictures, tested on painted scenes in which every pixel is known.
import { DISTURBANCES } from '../../../tools/evaluate/disturbances.js';
import { whiteGround } from '../../../tools/evaluate/white.ground.js';
import { seededRandom } from '../../../src/domain/shared/random.js';
import type { Pixels } from '../../../src/pictures/codec.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { sniffFormat } from '../../../src/pictures/picture.format.js';
import { meanDifference } from '../../support/picture.js';

const WIDTH = 84;
const HEIGHT = 112;
type Shade = (x: number, y: number) => number;

/** Returns a gray picture. */
function painted(shade: Shade, width = WIDTH, height = HEIGHT): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) data.fill(shade(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { data, width, height };
}

const inside = (x: number, y: number): boolean => x >= 24 && x < 60 && y >= 20 && y < 92;
const garment = painted((x, y) => (inside(x, y) ? 60 : 255));

async function disturbed(name: string, picture: Pixels, seed = 1): Promise<Pixels | null> {
  const bytes = await DISTURBANCES.find((disturbance) => disturbance.name === name)!.apply(picture, seededRandom(seed));
  return bytes && (await openPicture(bytes)).pixels;
}

const at = ({ data, width }: Pixels, x: number, y: number): number => data[3 * (y * width + x)]!;

describe('whiteGround', () => {
  it('returns the white that is connected to the border, without white inside the garment', () => {
    const ring = painted((x, y) => (inside(x, y) && !(x > 34 && x < 50 && y > 40 && y < 70) ? 60 : 255));
    const ground = whiteGround(ring)!;
    expect(ground[0]).toBe(1);
    expect(ground[56 * WIDTH + 42]).toBe(0);
    expect(ground.filter((value) => value === 0)).toHaveLength(36 * 72);
  });

  it('includes the gray that JPEG leaves around a garment', () => {
    const smeared = painted((x, y) => (inside(x, y) ? 60 : inside(x + 2, y) || inside(x - 2, y) ? 244 : 255));
    expect(whiteGround(smeared)).toEqual(whiteGround(garment));
  });

  it.each<[string, Shade]>([
    ['the background is not white', (x, y) => (inside(x, y) ? 60 : 200)],
    ['a white garment disappears except for its label', (x, y) => (x > 40 && x < 44 && y > 30 && y < 36 ? 60 : 255)],
    ['the fill leaks into cloth that is nearly white', (x, y) => (inside(x, y) ? (y < 56 ? 60 : 246) : 255)],
    ['there is no background at all', () => 60],
  ])('returns null if %s', (_, shade) => {
    expect(whiteGround(painted(shade))).toBeNull();
  });
});

describe('a disturbance', () => {
  it.each(DISTURBANCES.map(({ name }) => name))(
    '%s changes the picture and gives the same result in every run',
    async (name) => {
      const [once, again] = [await disturbed(name, garment), await disturbed(name, garment)];
      expect(once).toEqual(again);
      expect(once).toMatchObject({ width: WIDTH, height: HEIGHT });
      expect(meanDifference(once!.data, garment.data)).toBeGreaterThan(0.1);
    },
  );

  it('pastes the unchanged garment into a random room', async () => {
    const [one, other] = [(await disturbed('background', garment, 1))!, (await disturbed('background', garment, 2))!];
    for (const room of [one, other]) {
      for (let y = 22; y < 90; y += 1) for (let x = 26; x < 58; x += 1) expect(at(room, x, y)).toBe(60);
    }
    const corners = [at(one, 0, 0), at(one, WIDTH - 1, 0), at(one, 0, HEIGHT - 1), at(one, WIDTH - 1, HEIGHT - 1)];
    expect(Math.max(...corners)).toBeLessThan(250);
    expect(meanDifference(one.data, other.data)).toBeGreaterThan(10);
  });

  it('skips a picture whose garment cannot be cut out', async () => {
    expect(
      await disturbed(
        'background',
        painted(() => 60),
      ),
    ).toBeNull();
  });

  it('blurs an edge by the same share of a large and of a small picture', async () => {
    const reach = async (scale: number): Promise<number> => {
      const edge = painted((x) => (x < 42 * scale ? 0 : 255), WIDTH * scale, HEIGHT * scale);
      const blurred = (await disturbed('blur', edge))!;
      const row = Array.from({ length: WIDTH * scale }, (_, x) => at(blurred, x, 50 * scale));
      return row.filter((value) => value > 25 && value < 230).length / scale;
    };
    const small = await reach(1);
    // the part of a blurred edge between 10 % and 90 % is 2.56 σ wide
    expect(small).toBeGreaterThan((2 * HEIGHT) / 64);
    expect(small).toBeLessThan((4 * HEIGHT) / 64);
    expect(Math.abs((await reach(3)) - small)).toBeLessThan(1.5);
  });

  it('rotates by 20° to either side and fills the corners with the color of the border', async () => {
    const bar = painted((x, y) => (x >= 38 && x < 46 && y >= 16 && y < 96 ? 20 : 200));
    const degrees = await Promise.all(
      Array.from({ length: 12 }, async (_, seed) => {
        const turned = (await disturbed('turn', bar, seed))!;
        expect(at(turned, 0, 0)).toBe(200);
        return slantOf(turned);
      }),
    );
    for (const degree of degrees) expect(Math.abs(Math.abs(degree) - 20)).toBeLessThan(1);
    expect(new Set(degrees.map(Math.sign)).size).toBe(2);
  });

  it('rotates a strip, which becomes narrower', async () => {
    expect(
      await disturbed(
        'turn',
        painted(() => 90, 200, 8),
      ),
    ).not.toBeNull();
  });

  it('removes details that 48 px cannot show', async () => {
    const stripes = painted((x) => (x % 2 === 0 ? 0 : 255));
    const { data } = (await disturbed('small', stripes))!;
    const middle = data.subarray(30 * WIDTH * 3, 60 * WIDTH * 3);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(80);
  });

  it('returns a JPEG only for the JPEG disturbance', async () => {
    for (const { name, apply } of DISTURBANCES) {
      const bytes = await apply(garment, seededRandom(1));
      expect([name, sniffFormat(bytes!)]).toEqual([name, name === 'jpeg' ? 'jpeg' : 'png']);
    }
  });
});

/** Returns the angle in degrees between the long axis of the dark pixels and the vertical. */
function slantOf(picture: Pixels): number {
  const dark: [number, number][] = [];
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) if (at(picture, x, y) < 110) dark.push([x, y]);
  }
  const [meanX, meanY] = [0, 1].map((axis) => dark.reduce((sum, point) => sum + point[axis]!, 0) / dark.length);
  const moment = (a: 0 | 1, b: 0 | 1): number =>
    dark.reduce((sum, point) => sum + (point[a] - [meanX!, meanY!][a]!) * (point[b] - [meanX!, meanY!][b]!), 0);
  return (Math.atan2(2 * moment(0, 1), moment(1, 1) - moment(0, 0)) * 90) / Math.PI;
}
