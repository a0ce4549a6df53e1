// Takes a garment into the fitting room, and back.
import type { JSX } from 'preact';
import { takeBack, takeToFittingRoom } from '../state/actions.js';
import { isTriedOn, type TriedPiece } from '../state/fitting.room.js';
import { texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';

export function TryOnButton({ garment: { sku, title, imageUrl } }: { garment: TriedPiece }): JSX.Element {
  const isOn = isTriedOn(sku);
  const said = isOn ? texts.value.tryingOn : texts.value.tryOn;
  return (
    <button
      type="button"
      class="try-on"
      data-on={isOn}
      aria-label={`${said}: ${title}`}
      onClick={() => (isOn ? takeBack(sku) : takeToFittingRoom({ sku, title, imageUrl }))}
    >
      <Icon name="hanger" />
      <span>{said}</span>
    </button>
  );
}
