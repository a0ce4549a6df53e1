// Outfits below the garments, with the fitting room and the budget.
import type { JSX } from 'preact';
import { limitBudget, leaveFittingRoom } from '../state/actions.js';
import { results } from '../state/results.js';
import { failureText } from '../state/failure.js';
import { budget, fittingRoom } from '../state/fitting.room.js';
import { outfits, swapNote } from '../state/outfits.js';
import { texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';
import { OutfitCard } from './outfit.card.js';

export function OutfitSection(): JSX.Element | null {
  const built = outfits.value;
  if (built === null || results.value?.shown.length === 0) return null;
  const isEmpty = built.outfits.length === 0 && !built.isBusy;
  return (
    <section id="outfits" aria-labelledby="outfits-title" aria-busy={built.isBusy}>
      <div class="outfits-head">
        <div>
          <h2 id="outfits-title">{texts.value.outfits}</h2>
          <p class="hint">{texts.value.outfitsHint}</p>
        </div>
        <Budget />
      </div>
      {fittingRoom.value.length > 0 && <FittingRoom />}
      {built.failure && (
        <p class="notice" role="alert">
          {failureText(built.failure)}
        </p>
      )}
      {isEmpty && !built.failure && <p class="notice">{texts.value.noOutfits}</p>}
      {swapNote.value && <p class="notice">{swapNote.value}</p>}
      <ul class="outfits" data-busy={built.isBusy}>
        {built.outfits.map((outfit, index) => (
          <OutfitCard key={index} outfit={outfit} index={index} />
        ))}
      </ul>
    </section>
  );
}

function Budget(): JSX.Element {
  return (
    <label class="budget">
      <span>{texts.value.budget}</span>
      <input
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        value={budget.value}
        onChange={(event) => limitBudget(event.currentTarget.value)}
      />
    </label>
  );
}

function FittingRoom(): JSX.Element {
  return (
    <div class="fitting-room" role="group" aria-labelledby="fitting-room-title">
      <b id="fitting-room-title">{texts.value.fittingRoom}</b>
      <ul>
        {fittingRoom.value.map(({ sku, title, imageUrl }) => (
          <li key={sku} class="chip">
            <img src={imageUrl ?? '/pages/mark.svg'} alt="" width="24" height="32" />
            {title}
            <button type="button" aria-label={texts.value.putBack(title)} onClick={() => leaveFittingRoom(sku)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
