// The button that puts a garment into the fitting room or removes it.
import type { JSX } from 'preact';
import { leaveFittingRoom, enterFittingRoom } from '../state/actions.js';
import { isTriedOn, type FittingRoomItem } from '../state/fitting.room.js';
import { texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';

export function TryOnButton({ garment: { sku, title, imageUrl } }: { garment: FittingRoomItem }): JSX.Element {
  const isOn = isTriedOn(sku);
  const label = isOn ? texts.value.tryingOn : texts.value.tryOn;
  return (
    <button
      type="button"
      class="try-on"
      data-on={isOn}
      aria-label={`${label}: ${title}`}
      onClick={() => (isOn ? leaveFittingRoom(sku) : enterFittingRoom({ sku, title, imageUrl }))}
    >
      <Icon name="hanger" />
      <span>{label}</span>
    </button>
  );
}
