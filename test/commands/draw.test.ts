import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../../src/cli/import/folder.source.js';
import { openPicture } from '../../src/pictures/picture.js';
import { fitroom } from '../support/command.line.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-draw-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function draw(name: string, ...args: string[]) {
  const out = join(folder, name);
  const { status, stdout, stderr } = await fitroom(['draw', '--out', out, ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return { out, stdout };
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(path, 'metadata.jsonl')));
  for (const name of (await readdir(join(path, 'images'))).sort())
    hash.update(await readFile(join(path, 'images', name)));
  return hash.digest('hex');
}

describe('fitroom draw', () => {
  it('draw writes a folder that import can read completely, with pictures of the requested size', async () => {
    const { out, stdout } = await draw('training', '--count', '12', '--seed', '3', '--size', '96');
    expect(stdout).toBe(`12 garments in ${out}\n`);
    const source = await openFolder(out);
    expect(source.total).toBe(12);
    const types = new Set<unknown>();
    for await (const item of source.items()) {
      if ('code' in item) throw new Error(item.message);
      types.add(item.garment.category);
      const { pixels } = await openPicture(item.picture);
      expect(pixels).toMatchObject({ width: 72, height: 96 });
    }
    expect(types.size).toBeGreaterThan(5);
  });

  it('draw creates the same garments for the same seed and different ones for another seed', async () => {
    const [one, same, other] = await Promise.all([
      draw('one', '--count', '4', '--seed', '5', '--size', '64'),
      draw('same', '--count', '4', '--seed', '5', '--size', '64'),
      draw('other', '--count', '4', '--seed', '6', '--size', '64'),
    ]);
    expect(await digest(same.out)).toBe(await digest(one.out));
    expect(await digest(other.out)).not.toBe(await digest(one.out));
  });

  it('draw writes the sample catalog with prices and sizes', async () => {
    const { out } = await draw('catalog', '--catalog', '--count', '3', '--size', '64');
    const source = await openFolder(out);
    expect(source.total).toBe(3);
    for await (const item of source.items()) {
      if ('code' in item) throw new Error(item.message);
      expect(item.garment).toMatchObject({
        sku: expect.stringMatching(/^FR-/),
        price: { amount: expect.stringMatching(/^\d+\.\d\d$/), currency: 'EUR' },
        garmentType: expect.any(String),
        gender: expect.stringMatching(/^[A-Z]+$/),
      });
      expect(item.garment.sizes!.length).toBeGreaterThan(0);
    }
  });

  it.each([
    [['--count', '0'], '--count'],
    [['--size', '5'], '--size'],
    [['--seed', '-1'], '--seed'],
  ])('draw with %j exits with 2 and names the option', async (args, option) => {
    const { status, stderr } = await fitroom(['draw', '--out', join(folder, 'never'), ...args]);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(option) });
  });
});
