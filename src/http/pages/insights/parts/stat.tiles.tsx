// Single numbers side by side.
import type { JSX } from 'preact';

export interface Stat {
  name: string;
  value: string;
  note?: string;
}

/** In characters. Longer values use a smaller font. */
const LONG = 20;

export function StatTiles({ stats }: { stats: Stat[] }): JSX.Element {
  return (
    <dl class="stats">
      {stats.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={value.length > LONG ? 'long' : undefined}>
            {value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
