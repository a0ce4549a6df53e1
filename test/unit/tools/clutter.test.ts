import { drawClutter } from '../../../tools/garment-drawing/clutter.js';
import { seededRandom } from '../../../src/domain/shared/random.js';
import { rasterize } from './raster.js';

describe('a cluttered room', () => {
  const draw = (seed: number): string => drawClutter(168, 224, seededRandom(seed));

  it('is the same SVG for the same seed, and a different one for another seed', () => {
    expect(draw(3)).toBe(draw(3));
    expect(draw(3)).not.toBe(draw(4));
  });

  it('contains no NaN, undefined or infinite number', () => {
    for (let seed = 0; seed < 50; seed += 1) expect(draw(seed)).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('covers the whole picture, and no color covers most of it', async () => {
    for (const seed of [1, 2, 3]) {
      const pixels = await rasterize(drawClutter(600, 800, seededRandom(seed)));
      const counts = new Map<string, number>();
      for (let y = 0; y < pixels.height; y += 1) {
        for (let x = 0; x < pixels.width; x += 1) {
          const color = pixels.at(x, y).join();
          counts.set(color, (counts.get(color) ?? 0) + 1);
        }
      }
      const all = pixels.width * pixels.height;
      expect(Math.max(...counts.values()) / all).toBeLessThan(0.6);
      expect([...counts.values()].filter((count) => count > all / 500).length).toBeGreaterThan(15);
      // black remains where nothing is drawn
      expect(counts.get('0,0,0')).toBeUndefined();
    }
  });
});
