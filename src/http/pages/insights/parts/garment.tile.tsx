// A small garment tile. A click on its picture opens the garment dialog.
import type { ComponentChildren, JSX } from 'preact';
import type { PicturedGarmentFragment } from '../../../../client/insights.operations.js';
import { openGarment } from '../state/garment.js';

interface GarmentTileProps {
  garment: Pick<PicturedGarmentFragment, 'sku' | 'title' | 'imageUrl'>;
  children?: ComponentChildren;
}

export function GarmentTile({ garment, children }: GarmentTileProps): JSX.Element {
  const { sku, title, imageUrl } = garment;
  return (
    <div class="tile" data-sku={sku}>
      <button type="button" class="tile-picture" aria-label={`${title}: details`} onClick={() => openGarment(sku)}>
        <img src={imageUrl ?? '/pages/mark.svg'} alt="" width="192" height="256" loading="lazy" decoding="async" />
      </button>
      <p class="tile-title">{title}</p>
      <p class="tile-note">{children ?? sku}</p>
    </div>
  );
}
