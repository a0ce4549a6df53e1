// Finds a garment on the map by title or SKU, without a pointing device.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { MapPoint } from './coloring.js';

const MAX_FOUND = 6;

export function MapFinder({ points, onFind }: { points: MapPoint[]; onFind: (point: MapPoint) => void }): JSX.Element {
  const [text, setText] = useState('');
  const query = text.trim().toLowerCase();
  const found =
    query.length < 2
      ? []
      : points.filter(({ title, sku }) => title.toLowerCase().includes(query) || sku.toLowerCase().includes(query));
  return (
    <div class="finder">
      <label>
        <span>Find a garment</span>
        <input value={text} placeholder="Title or SKU" onInput={({ currentTarget }) => setText(currentTarget.value)} />
      </label>
      {query.length >= 2 && (
        <ul aria-label="Garments found">
          {found.slice(0, MAX_FOUND).map((point) => (
            <li key={point.sku}>
              <button type="button" class="text-button" onClick={() => onFind(point)}>
                {point.title} ({point.sku})
              </button>
            </li>
          ))}
          <li class="hint">
            {found.length === 0 && 'No garment found on the map.'}
            {found.length > MAX_FOUND && `and ${found.length - MAX_FOUND} more`}
          </li>
        </ul>
      )}
    </div>
  );
}
