// The tooltip of a garment on the map.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { OneGarmentDocument } from '../../../../client/insights.operations.js';
import { api } from '../../shared/api.js';
import { readable } from '../words/format.js';
import type { MapPoint } from './coloring.js';
import type { Size } from './map.view.js';

/** The picture loads after the pointer has stayed this long. */
const PICTURE_DELAY_MS = 80;
const WIDTH = 250;

interface MapTipProps {
  point: MapPoint;
  at: { left: number; top: number };
  size: Size;
}

const pictures = new Map<string, string | null>();

export function MapTip({ point, at, size }: MapTipProps): JSX.Element {
  const { sku, title, garmentType, category, color, gender, inStock } = point;
  const picture = usePicture(sku);
  const isRight = at.left + WIDTH + 24 > size.width;
  const style = {
    left: `${Math.max(0, isRight ? at.left - WIDTH - 16 : at.left + 16)}px`,
    top: `${Math.min(Math.max(0, at.top - 40), Math.max(0, size.height - 130))}px`,
  };
  const facts = [
    garmentType ? readable(garmentType) : category,
    color,
    gender && readable(gender),
    !inStock && 'sold out',
  ];
  return (
    <div class="map-tip" style={style} role="status">
      <img src={picture ?? '/pages/mark.svg'} alt="" width="72" height="96" />
      <p>
        <b>{title}</b>
        <span>{facts.filter(Boolean).join(' · ')}</span>
        <span>{sku}</span>
      </p>
    </div>
  );
}

function usePicture(sku: string): string | null {
  const [, renderAgain] = useState(0);
  useEffect(() => {
    if (pictures.has(sku)) return;
    const aborter = new AbortController();
    const timer = window.setTimeout(() => {
      void api
        .ask(OneGarmentDocument, { sku }, { byGet: true, signal: aborter.signal })
        .then(({ garment }) => {
          pictures.set(sku, garment?.imageUrl ?? null);
          renderAgain((times) => times + 1);
        })
        // without a picture the tooltip shows the logo
        .catch(() => undefined);
    }, PICTURE_DELAY_MS);
    return () => {
      window.clearTimeout(timer);
      aborter.abort();
    };
  }, [sku]);
  return pictures.get(sku) ?? null;
}
