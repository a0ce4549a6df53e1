// A Chart.js chart in the fonts and colors of the page.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { palette, type Palette } from './palette.js';
import { whiskers } from './whiskers.js';

Chart.register(BarController, BarElement, LineController, LineElement, PointElement, CategoryScale, LinearScale);
Chart.register(Legend, Tooltip, whiskers);
Chart.defaults.font.family = "'Instrument Sans', system-ui, sans-serif";
Chart.defaults.font.size = 12;
Chart.defaults.maintainAspectRatio = false;
// analysts compare periods, and an animation between them would suggest a change that did not happen
Chart.defaults.animation = false;

export type Config = ChartConfiguration<'bar' | 'line', (number | null)[], string>;

interface ChartCanvasProps {
  /** The text for screen readers. The table of the figure has the numbers. */
  label: string;
  height?: number;
  configOf: (colors: Palette) => Config;
  /** The chart is drawn again when this value changes. */
  dependsOn: unknown;
}

export function ChartCanvas({ label, height = 260, configOf, dependsOn }: ChartCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = palette.value;
  useEffect(() => {
    Chart.defaults.color = colors.quiet;
    Chart.defaults.borderColor = colors.line;
    const chart = new Chart(canvas.current!, configOf(colors));
    return () => chart.destroy();
  }, [dependsOn, colors]);
  return (
    <div class="chart" style={{ height: `${height}px` }}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
