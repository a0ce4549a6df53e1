// A Chart.js plugin that draws confidence intervals on bars.
import type { BarElement, Chart, Plugin } from 'chart.js';
import { palette } from './palette.js';

export interface Interval {
  low: number;
  high: number;
}

declare module 'chart.js' {
  interface ControllerDatasetOptions {
    /** One interval per value of `data`. Null for a value without an interval. */
    intervals?: (Interval | null)[];
  }
}

const CAP = 3;

export const whiskers: Plugin<'bar' | 'line'> = {
  id: 'whiskers',
  afterDatasetsDraw(chart) {
    chart.data.datasets.forEach((dataset, index) => {
      const intervals = dataset.intervals as (Interval | null)[] | undefined;
      if (intervals && chart.isDatasetVisible(index)) drawOn(chart, index, intervals);
    });
  },
};

function drawOn(chart: Chart<'bar' | 'line'>, index: number, intervals: (Interval | null)[]): void {
  const { data, vScale } = chart.getDatasetMeta(index);
  const brush = chart.ctx;
  const isHorizontal = chart.options.indexAxis === 'y';
  brush.save();
  brush.beginPath();
  intervals.forEach((interval, i) => {
    const bar = data[i] as BarElement | undefined;
    if (!interval || !bar || !vScale) return;
    const [low, high] = [vScale.getPixelForValue(interval.low), vScale.getPixelForValue(interval.high)];
    const middle = isHorizontal ? bar.y : bar.x;
    const line = (along1: number, across1: number, along2: number, across2: number): void => {
      brush.moveTo(...point(along1, across1));
      brush.lineTo(...point(along2, across2));
    };
    const point = (along: number, across: number): [number, number] =>
      isHorizontal ? [along, across] : [across, along];
    line(low, middle, high, middle);
    for (const end of [low, high]) line(end, middle - CAP, end, middle + CAP);
  });
  const { card, ink } = palette.peek();
  // the light edge makes the dark line visible on a dark bar
  for (const [color, width] of [
    [card, 3],
    [ink, 1.5],
  ] as const) {
    brush.strokeStyle = color;
    brush.lineWidth = width;
    brush.stroke();
  }
  brush.restore();
}
