// `fitroom evaluate` on a drawn split, and on a few rows of the public data if present.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, readConfig } from '../../src/config.js';
import { trainingDrawings } from '../../tools/garment-drawing/training.drawings.js';
import { rasterize } from '../../tools/draw/rasterize.js';
import { GROUP_NAMES } from '../../tools/evaluate/group.names.js';
import { tarOf, type CatalogFiles } from '../support/catalog.archive.js';
import { fitroom } from '../support/command.line.js';
import { dataFile } from '../support/training.data.js';

interface Report {
  model: string;
  garments: number;
  questions: { question: string; figures: StoredFigure[]; notes: string[] }[];
}
interface StoredFigure {
  name: string;
  value: number;
  low: number;
  high: number;
  rows: number;
}

const GARMENTS = 130;
const LARGER = 40;
const QUERIES = join(PROJECT_ROOT, 'test', 'fixtures', 'queries.jsonl');
const MANIFEST = join(readConfig().bundleDir, 'manifest.json');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-evaluate-'));
  const drawn = await drawnSplit(GARMENTS);
  await writeFile(join(folder, 'fashion-products-test.tar'), await tarOf(drawn));
  await writeFile(join(folder, 'fashion-products-train.tar'), await tarOf({ ...drawn, pictures: {} }));
  const photo = { image: 'hat/1.jpg', label: 'hat' };
  const photoSplit = { rows: [photo], pictures: { 'hat/1.jpg': Object.values(drawn.pictures)[1]! } };
  await writeFile(join(folder, 'clothing-photos-val.tar'), await tarOf(photoSplit));
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

async function drawnSplit(count: number, width = 60): Promise<CatalogFiles> {
  const files: CatalogFiles = { rows: [], pictures: {} };
  for (const { svg, labels } of trainingDrawings(count, 31)) {
    files.rows.push({ ...labels });
    files.pictures[labels.image] = await rasterize(svg, width, 'jpeg');
  }
  return files;
}

/** Returns a folder with the split and larger pictures of some of its garments. */
async function folderWithLargerPictures(): Promise<string> {
  const larger = join(folder, 'larger');
  await mkdir(larger);
  await copyFile(join(folder, 'fashion-products-test.tar'), join(larger, 'fashion-products-test.tar'));
  await writeFile(join(larger, 'fashion-products-hires-test.tar'), await tarOf(await drawnSplit(LARGER, 168)));
  return larger;
}

async function evaluate(args: string[], data: string): Promise<{ report: Report; stdout: string }> {
  const jsonPath = join(folder, 'figures.json');
  const run = await fitroom(['evaluate', '--json', jsonPath, ...args], { FITROOM_DATA: data });
  expect(run).toMatchObject({ status: 0 });
  return { report: JSON.parse(await readFile(jsonPath, 'utf8')) as Report, stdout: run.stdout };
}

const figuresOf = ({ questions }: Report): Map<string, StoredFigure> =>
  new Map(questions.flatMap(({ figures }) => figures).map((figure) => [figure.name, figure]));

describe('fitroom evaluate', () => {
  it('measures every question through the API, with intervals and baselines', async () => {
    const before = await readFile(MANIFEST, 'utf8');
    const { report, stdout } = await evaluate(['--sample', '12', '--queries', QUERIES], folder);
    expect(report).toMatchObject({ garments: GARMENTS, model: expect.stringMatching(/^[\w.-]+@/) });
    expect(report.questions).toHaveLength(GROUP_NAMES.length);

    const figures = figuresOf(report);
    const value = (name: string): number => figures.get(name)!.value;
    for (const { name, value: measured, low, high, rows } of figures.values()) {
      expect({ name, ordered: low <= measured + 0.051 && measured <= high + 0.051 }).toEqual({ name, ordered: true });
      expect(rows).toBeGreaterThan(0);
    }
    // The head recognizes drawn garments, because it was trained on some.
    expect(value('garmentType.picture')).toBeGreaterThan(0.7);
    expect(figures.get('garmentType.picture')!.rows).toBe(GARMENTS);
    expect(figures.get('garmentType.home.val')!.rows).toBe(1);
    expect(value('category.picture.longTail')).toBeGreaterThan(0.3);
    expect(value('title.r10')).toBeGreaterThan(value('baseline.random.title'));
    expect(value('categoryWords.p10.en')).toBeGreaterThan(value('baseline.random.categoryWords'));
    expect(value('composed.np10.en')).toBeGreaterThan(value('baseline.random.composed'));
    expect(figures.get('baseline.fullText.title')).toBeUndefined();
    expect(figures.get('queries.np10.zh')!.rows).toBe(2);

    for (const violation of ['gender', 'age', 'twice', 'again', 'kept', 'budget', 'filter', 'gone']) {
      expect({ violation, share: value(`outfits.violation.${violation}`) }).toEqual({ violation, share: 0 });
    }
    expect(value('outfits.looks')).toBeGreaterThan(0.5);
    expect(stdout).toContain('Do words find pictures?');
    expect(stdout).toMatch(/ten try-on types, by picture +[01]\.\d{3} +\[[01]\.\d{3}, [01]\.\d{3}\] +n 130/);
    expect(stdout).toMatch(/PostgreSQL full text.* ± /);
    expect(stdout).toMatch(/1 requests are left out: nothing in the split has what they want/);
    expect(stdout).toMatch(/Larger pictures are left out: fashion-products-hires-test\.tar is missing/);
    expect(stdout).toMatch(/Left out: fashion-products-hires-test\.tar is missing/);
    expect(stdout).toMatch(/words, encoder: p50 \d+\.\d ms/);
    expect(stdout).toMatch(/picture, encoder: p50 \d+\.\d ms/);
    expect(stdout).toMatch(/words, over HTTP: p50 \d+\.\d ms/);
    expect(await readFile(MANIFEST, 'utf8')).toBe(before);
  }, 600_000);

  it('measures the disturbed and the undisturbed pictures of the same rows', async () => {
    const { report, stdout } = await evaluate(['--only', 'robustness'], await folderWithLargerPictures());
    const figures = figuresOf(report);
    expect(figures.size).toBe(5 * 2 * 3);
    for (const kind of ['background', 'blur', 'turn', 'jpeg', 'small']) {
      for (const output of ['garmentType', 'category']) {
        const name = `robustness.${kind}.${output}`;
        const [after, before, lost] = ['', '.undisturbed', '.lost'].map((end) => figures.get(name + end)!);
        expect(lost!.value).toBeCloseTo(before!.value - after!.value, 3);
        expect([before!.rows, lost!.rows]).toEqual([after!.rows, after!.rows]);
        // A garment on a tinted wall cannot be cut out.
        if (kind === 'background') expect(after!.rows).toBeLessThan(LARGER);
        else expect(after!.rows).toBe(LARGER);
      }
    }
    expect(figures.get('robustness.blur.garmentType.undisturbed')!.value).toBeGreaterThan(0.7);
    expect(figures.get('robustness.jpeg.garmentType')!.value).toBeGreaterThan(0.6);
    expect(stdout).toMatch(/on a cluttered background: \d+ of 40 pictures/);
  }, 300_000);

  it('names the folder it searched and exits with 2 if its data is missing', async () => {
    const { status, stderr } = await fitroom(['evaluate'], { FITROOM_DATA: join(folder, 'nowhere') });
    expect(status).toBe(2);
    expect(stderr).toMatch(/nowhere\/fashion-products-test\.tar is missing/);
    expect(stderr).toContain('FITROOM_DATA');
    expect(stderr).not.toContain('    at ');
  });

  it('writes figures only for the whole test split', async () => {
    for (const args of [
      ['--limit', '5'],
      ['--split', 'val'],
    ]) {
      expect(await fitroom(['evaluate', '--write', ...args], { FITROOM_DATA: folder })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('--write'),
      });
    }
  });

  const onRealData = dataFile('fashion-products-val.tar') ? it : it.skip;
  onRealData(
    'measures some rows of the public data (skipped if FITROOM_DATA has none)',
    async () => {
      const args = ['--split', 'val', '--limit', '60', '--sample', '20', '--only', 'head', 'pictures'];
      const { report } = await evaluate(args, readConfig().trainingDataDir);
      const figures = figuresOf(report);
      expect(figures.get('category.picture.val')).toMatchObject({ rows: 60 });
      // Chance is 1 in 140.
      expect(figures.get('category.picture.val')!.low).toBeGreaterThan(0.5);
      expect(figures.has('garmentType.home.val')).toBe(true);
    },
    300_000,
  );
});
