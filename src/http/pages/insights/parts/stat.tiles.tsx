// A few single figures beside each other.
import type { JSX } from 'preact';

export interface Stat {
  name: string;
  value: string;
  note?: string;
}

export function StatTiles({ stats }: { stats: Stat[] }): JSX.Element {
  return (
    <dl class="stats">
      {stats.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
