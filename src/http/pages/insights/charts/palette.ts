// The colors of the charts, read from the page's CSS for light and dark mode.
// A canvas cannot use CSS custom properties.
import { signal } from '@preact/signals';

export interface Palette {
  ink: string;
  quiet: string;
  line: string;
  card: string;
  accent: string;
  /** Colors for unordered categories. Color-blind readers can distinguish neighbors in this order. */
  kinds: string[];
  /** The color for neutral values, "other" and "unknown". */
  plain: string;
}

const LIGHT_KINDS = '#8e2a5f #2a78a0 #d08a1f #3f8557 #6b5bc2 #c24b3a #2aa0a0 #8a7a2f #d673a8 #3b4f8f #7c8b3a #a4683f';
const DARK_KINDS = '#f0a0c6 #74bfe4 #f2bd66 #8bd0a2 #b3a7f7 #f5978a #74d8d8 #d8ca78 #f9c6de #9db2f0 #c3d27c #deab86';

const darkMode = window.matchMedia('(prefers-color-scheme: dark)');

export const palette = signal(readPalette());
darkMode.addEventListener('change', () => {
  palette.value = readPalette();
});

function readPalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string): string => styles.getPropertyValue(`--${name}`).trim();
  const [ink, quiet, line, card, accent] = ['ink', 'quiet', 'line', 'card', 'accent'].map(color) as Five;
  const kinds = (darkMode.matches ? DARK_KINDS : LIGHT_KINDS).split(' ');
  return { ink, quiet, line, card, accent, kinds, plain: color('field') };
}

type Five = [string, string, string, string, string];
