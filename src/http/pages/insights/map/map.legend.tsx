// The legend of the map. Its buttons hide and show garments.
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
    <ul class="legend" aria-label="Colors of the map: press one to hide or show it">
      {coloring.kinds.map(({ value, label, css, count: total }) => (
        <li key={value}>
          <button type="button" aria-pressed={!hidden.has(value)} onClick={() => onToggle(value)}>
            <i style={{ background: css }} aria-hidden="true" />
            {label} <span class="count">{count(total)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
