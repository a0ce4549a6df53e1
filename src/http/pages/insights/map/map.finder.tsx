// Finds a garment on the map by title or number: the way to it without pointing.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { MapPoint } from './coloring.js';

const MOST_FOUND = 6;

export function MapFinder({ points, onFind }: { points: MapPoint[]; onFind: (point: MapPoint) => void }): JSX.Element {
  const [words, setWords] = useState('');
  const asked = words.trim().toLowerCase();
  const found =
    asked.length < 2
      ? []
      : points.filter(({ title, sku }) => title.toLowerCase().includes(asked) || sku.toLowerCase().includes(asked));
  return (
    <div class="finder">
      <label>
        <span>Find a garment</span>
        <input
          value={words}
          placeholder="Title or number"
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      {asked.length >= 2 && (
        <ul aria-label="Garments found">
          {found.slice(0, MOST_FOUND).map((point) => (
            <li key={point.sku}>
              <button type="button" class="text-button" onClick={() => onFind(point)}>
                {point.title} ({point.sku})
              </button>
            </li>
          ))}
          <li class="hint">
            {found.length === 0 && 'None on the map.'}
            {found.length > MOST_FOUND && `and ${found.length - MOST_FOUND} more`}
          </li>
        </ul>
      )}
    </div>
  );
}
