// The colours of the page's charts, as its styles name them: canvases know no custom properties. They change with the light.
import { signal } from '@preact/signals';

export interface Palette {
  ink: string;
  quiet: string;
  line: string;
  card: string;
  accent: string;
  /** For kinds without an order; in this sequence neighbours can be told apart by colour-blind readers too. */
  kinds: string[];
  /** For what is neither good nor bad, "other" and "not known". */
  plain: string;
}

const KINDS_BY_DAY = '#8e2a5f #2a78a0 #d08a1f #3f8557 #6b5bc2 #c24b3a #2aa0a0 #8a7a2f #d673a8 #3b4f8f #7c8b3a #a4683f';
const KINDS_BY_NIGHT =
  '#f0a0c6 #74bfe4 #f2bd66 #8bd0a2 #b3a7f7 #f5978a #74d8d8 #d8ca78 #f9c6de #9db2f0 #c3d27c #deab86';

const night = window.matchMedia('(prefers-color-scheme: dark)');

export const palette = signal(read());
night.addEventListener('change', () => {
  palette.value = read();
});

function read(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string): string => styles.getPropertyValue(`--${name}`).trim();
  const [ink, quiet, line, card, accent] = ['ink', 'quiet', 'line', 'card', 'accent'].map(color) as Five;
  const kinds = (night.matches ? KINDS_BY_NIGHT : KINDS_BY_DAY).split(' ');
  return { ink, quiet, line, card, accent, kinds, plain: color('field') };
}

type Five = [string, string, string, string, string];
