// Chart.js configurations for the page's bar and line charts.
import type { ChartDataset } from 'chart.js';
import type { Config } from './chart.canvas.js';
import type { Interval } from './whiskers.js';

export interface Series {
  label: string;
  color: string;
  data: (number | null)[];
  intervals?: (Interval | null)[];
  /** True for a series that appears only after a click on its legend. */
  isHidden?: boolean;
}

interface BarOptions {
  /** Formats values for axis and tooltip. */
  format: (value: number) => string;
  /** Draws horizontal bars, which leave room for long labels. */
  isHorizontal?: boolean;
  isStacked?: boolean;
  /** The title of the value axis. */
  title?: string;
  max?: number;
  /** The color of each bar. Absent for one color per series. */
  colors?: string[];
}

export function barChart(labels: string[], series: Series[], options: BarOptions): Config {
  const { format, isHorizontal = false, isStacked = false, title, max, colors } = options;
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
    ticks: { autoSkip: !isHorizontal, maxRotation: 0, autoSkipPadding: 12 },
  };
  return {
    type: 'bar',
    data: { labels, datasets },
    options: {
      indexAxis: isHorizontal ? 'y' : 'x',
      scales: isHorizontal ? { x: values, y: categories } : { x: categories, y: values },
      plugins: { legend: legendFor(series), tooltip: tooltipOf(format, isHorizontal) },
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
    // points make a single day between days without a value visible
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

function tooltipOf(format: (value: number) => string, isHorizontal: boolean): object {
  return {
    callbacks: {
      label: ({ dataset, dataIndex, parsed }: Hovered) => {
        const value = isHorizontal ? parsed.x : parsed.y;
        const interval = dataset.intervals?.[dataIndex];
        const range = interval ? ` (${format(interval.low)} to ${format(interval.high)})` : '';
        return value === null ? '' : ` ${dataset.label ?? ''}: ${format(value)}${range}`;
      },
    },
  };
}
