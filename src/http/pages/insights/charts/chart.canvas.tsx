// A chart of Chart.js on the page: of the parts that are registered here, in the page's type and colours.
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
// figures are compared over periods: what moves between them would say something that is not there
Chart.defaults.animation = false;

export type Config = ChartConfiguration<'bar' | 'line', (number | null)[], string>;

interface ChartCanvasProps {
  /** What it shows, for who does not see it; the figures themselves are in the table beside it. */
  label: string;
  height?: number;
  configOf: (colors: Palette) => Config;
  /** The chart is drawn anew where this changes. */
  of: unknown;
}

export function ChartCanvas({ label, height = 260, configOf, of }: ChartCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colors = palette.value;
  useEffect(() => {
    Chart.defaults.color = colors.quiet;
    Chart.defaults.borderColor = colors.line;
    const chart = new Chart(canvas.current!, configOf(colors));
    return () => chart.destroy();
  }, [of, colors]);
  return (
    <div class="chart" style={{ height: `${height}px` }}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
