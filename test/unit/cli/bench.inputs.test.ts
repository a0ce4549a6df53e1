import { createHash } from 'node:crypto';
import { median, quantile } from '../../../bench/figures.js';
import { pictureInputs, wordInputs, type Input } from '../../../bench/inputs.js';
import { prepare } from '../../../bench/shopper.client.js';

const bytesOf = (input: Input) => (input.kind === 'words' ? input.text : input.bytes);
const digest = (input: Input) => createHash('sha256').update(bytesOf(input)).digest('hex');

describe('inputs of the benchmark', () => {
  it('no text occurs twice, within a scenario or in the next', () => {
    const texts = [...wordInputs(5_000), ...wordInputs(5_000, 5_000)].map(digest);
    expect(new Set(texts).size).toBe(10_000);
  });

  it('no picture occurs twice, and every run has the same pictures', async () => {
    const pictures = (await pictureInputs(12, 1, 48)).map(digest);
    expect(new Set(pictures).size).toBe(12);
    expect((await pictureInputs(12, 1, 48)).map(digest)).toEqual(pictures);
  });

  it('a picture is sent as a multipart request with unchanged bytes', async () => {
    const bytes = Buffer.from([0xff, 0xd8, 0x0d, 0x0a, 0x2d, 0x2d, 0x00]);
    const { body, contentType } = prepare({ kind: 'picture', bytes });
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const map = JSON.parse(form.get('map') as string) as unknown;
    expect(map).toEqual({ 0: ['variables.input.image.upload'] });
    expect(Buffer.from(await (form.get('0') as File).arrayBuffer())).toEqual(bytes);
  });

  it('quantiles are interpolated between neighboring values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 0, 20], 0.95)).toBeCloseTo(19);
    expect(quantile([7], 0.95)).toBe(7);
    expect(() => median([])).toThrow('no values');
  });
});
