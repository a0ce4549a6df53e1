// What the colours of the map mean, and which of them are shown.
import type { JSX } from 'preact';
import { count } from '../words/format.js';
import type { Coloring } from './coloring.js';

interface MapLegendProps {
  coloring: Coloring;
  hidden: ReadonlySet<string>;
  onToggle: (value: string) => void;
}

export function MapLegend({ coloring, hidden, onToggle }: MapLegendProps): JSX.Element {
  return (
    <ul class="legend" aria-label="Colours of the map: press one to hide or show it">
      {coloring.kinds.map(({ value, label, css, count: of }) => (
        <li key={value}>
          <button type="button" aria-pressed={!hidden.has(value)} onClick={() => onToggle(value)}>
            <i style={{ background: css }} aria-hidden="true" />
            {label} <span class="count">{count(of)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
