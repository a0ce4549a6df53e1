// The kinds of charts that the page has: what they have in common is here, what they show is the sections'.
import type { ChartDataset } from 'chart.js';
import type { Config } from './chart.canvas.js';
import type { Interval } from './whiskers.js';

export interface Series {
  label: string;
  color: string;
  data: (number | null)[];
  intervals?: (Interval | null)[];
  /** Series are drawn until one of them is asked for by its legend. */
  isHidden?: boolean;
}

interface BarOptions {
  /** Of values, for axis and tooltip. */
  format: (value: number) => string;
  /** Bars lie, one below the other: for labels that are long. */
  isLevel?: boolean;
  isStacked?: boolean;
  /** Of the value axis. */
  title?: string;
  max?: number;
  /** In place of one colour a series. */
  colors?: string[];
}

export function barChart(labels: string[], series: Series[], options: BarOptions): Config {
  const { format, isLevel = false, isStacked = false, title, max, colors } = options;
  const datasets: ChartDataset<'bar', (number | null)[]>[] = series.map(
    ({ label, color, data, intervals, isHidden }) => ({
      label,
      data,
      intervals,
      hidden: isHidden,
      backgroundColor: colors ?? color,
      borderRadius: isStacked ? 0 : 3,
      maxBarThickness: 34,
      categoryPercentage: 0.78,
      barPercentage: series.length > 1 && !isStacked ? 0.86 : 0.92,
    }),
  );
  const values = {
    stacked: isStacked,
    beginAtZero: true,
    suggestedMax: max,
    grid: { drawTicks: false },
    border: { display: false },
    ticks: { padding: 8, maxTicksLimit: 6, callback: (value: string | number) => format(Number(value)) },
    title: { display: title !== undefined, text: title },
  };
  const categories = {
    stacked: isStacked,
    grid: { display: false },
    ticks: { autoSkip: !isLevel, maxRotation: 0, autoSkipPadding: 12 },
  };
  return {
    type: 'bar',
    data: { labels, datasets },
    options: {
      indexAxis: isLevel ? 'y' : 'x',
      scales: isLevel ? { x: values, y: categories } : { x: categories, y: values },
      plugins: { legend: legendFor(series), tooltip: tooltipOf(format, isLevel) },
    },
  };
}

export function lineChart(labels: string[], series: Series[], options: Pick<BarOptions, 'format' | 'max'>): Config {
  const { format, max } = options;
  const datasets: ChartDataset<'line', (number | null)[]>[] = series.map(({ label, color, data, isHidden }) => ({
    label,
    data,
    hidden: isHidden,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 2,
    // a day alone between days without a value is seen too
    pointRadius: labels.length > 14 ? 1.5 : 3,
    pointHitRadius: 12,
    spanGaps: false,
  }));
  return {
    type: 'line',
    data: { labels, datasets },
    options: {
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
        y: {
          beginAtZero: true,
          suggestedMax: max,
          grid: { drawTicks: false },
          border: { display: false },
          ticks: { padding: 8, maxTicksLimit: 6, callback: (value) => format(Number(value)) },
        },
      },
      plugins: { legend: legendFor(series), tooltip: tooltipOf(format, false) },
    },
  };
}

function legendFor(series: Series[]): object {
  return {
    display: series.length > 1,
    position: 'bottom',
    align: 'start',
    labels: { boxWidth: 10, boxHeight: 10, useBorderRadius: true, borderRadius: 3, padding: 14 },
  };
}

interface Hovered {
  dataset: { label?: string; intervals?: (Interval | null)[] };
  dataIndex: number;
  parsed: { x: number | null; y: number | null };
}

function tooltipOf(format: (value: number) => string, isLevel: boolean): object {
  return {
    callbacks: {
      label: ({ dataset, dataIndex, parsed }: Hovered) => {
        const value = isLevel ? parsed.x : parsed.y;
        const interval = dataset.intervals?.[dataIndex];
        const range = interval ? ` (${format(interval.low)} to ${format(interval.high)})` : '';
        return value === null ? '' : ` ${dataset.label ?? ''}: ${format(value)}${range}`;
      },
    },
  };
}
