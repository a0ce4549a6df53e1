// Pictures and figures of the documentation, compared with the model and the sample catalog that they show.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { readFigures, withFigures } from '../../tools/docs/figures.js';
import { STAMP_FILE, stampOf } from '../../tools/docs/stamp.js';

const fileText = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');

describe('the documentation', () => {
  it('has pictures of the current model and sample catalog (`npm run docs` takes them again)', () => {
    expect(JSON.parse(fileText(STAMP_FILE))).toEqual(stampOf(PROJECT_ROOT));
  });

  it('has the figures of the current model in the README', () => {
    const readme = fileText('README.md');
    const figures = readFigures(join(PROJECT_ROOT, 'models/fitroom-v2/manifest.json'));
    expect(withFigures(readme, figures)).toBe(readme);
  });

  it('notices a figure that the model does not have', () => {
    const readme = fileText('README.md');
    const figures = readFigures(join(PROJECT_ROOT, 'models/fitroom-v2/manifest.json'));
    const metrics = figures.metrics.map((metric) => ({ ...metric, value: metric.value / 2 }));
    expect(withFigures(readme, { metrics })).not.toBe(readme);
  });
});
