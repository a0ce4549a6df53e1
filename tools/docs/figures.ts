// Figures of the README, read from the manifest of the default bundle, which the evaluation wrote.
import { readFileSync } from 'node:fs';

/** Row of the README's table → name of the metric in the manifest. */
const ROWS: Readonly<Record<string, string>> = {
  'Ten try-on types, by picture': 'garmentType.picture',
  'Ten try-on types, photos taken at home': 'garmentType.home.val',
  'Category name to picture, P@10 over 41 categories': 'categoryWords.p10.en',
  'Title to picture, R@10': 'title.r10',
  'Picture + "in red" to its category in red, nP@10': 'composed.np10.en',
};

const rounded = (value: number): string => value.toFixed(3);

interface Metric {
  name: string;
  value: number;
  low: number;
  high: number;
}

/** The part of a manifest that holds figures. */
export interface Figures {
  metrics: Metric[];
}

/** Returns the README with the figures of the manifest. @throws Error if a row or a metric is missing */
export function withFigures(readme: string, { metrics }: Figures): string {
  let text = readme;
  for (const [row, name] of Object.entries(ROWS)) {
    const metric = metrics.find((one) => one.name === name);
    if (!metric) throw new Error(`the manifest has no metric ${name}`);
    const line = text.split('\n').find((one) => one.startsWith(`| ${row} `));
    if (!line) throw new Error(`README.md has no row "${row}"`);
    const figure = `${rounded(metric.value)} (${rounded(metric.low)} – ${rounded(metric.high)})`;
    text = text.replace(line, line.replace(/\d\.\d+ \(\d\.\d+ – \d\.\d+\)/, figure));
  }
  return text;
}

export function readFigures(manifestFile: string): Figures {
  return JSON.parse(readFileSync(manifestFile, 'utf8')) as Figures;
}
