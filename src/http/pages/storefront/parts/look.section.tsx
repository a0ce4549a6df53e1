// Whole looks beneath the garments that they are built on, with what is tried on and the budget that they keep to.
import type { JSX } from 'preact';
import { limitBudget, takeBack } from '../state/actions.js';
import { answer } from '../state/answer.js';
import { failureText } from '../state/failure.js';
import { budget, fittingRoom } from '../state/fitting.room.js';
import { looks, swapNote } from '../state/looks.js';
import { texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';
import { LookCard } from './look.card.js';

export function LookSection(): JSX.Element | null {
  const built = looks.value;
  if (built === null || answer.value?.shown.length === 0) return null;
  const isNone = built.looks.length === 0 && !built.isBusy;
  return (
    <section id="looks" aria-labelledby="looks-title" aria-busy={built.isBusy}>
      <div class="looks-head">
        <div>
          <h2 id="looks-title">{texts.value.looks}</h2>
          <p class="hint">{texts.value.looksHint}</p>
        </div>
        <Budget />
      </div>
      {fittingRoom.value.length > 0 && <FittingRoom />}
      {built.failure && (
        <p class="notice" role="alert">
          {failureText(built.failure)}
        </p>
      )}
      {isNone && !built.failure && <p class="notice">{texts.value.noLooks}</p>}
      {swapNote.value && <p class="notice">{swapNote.value}</p>}
      <ul class="looks" data-busy={built.isBusy}>
        {built.looks.map((look, index) => (
          <LookCard key={index} look={look} index={index} />
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
            <button type="button" aria-label={texts.value.putBack(title)} onClick={() => takeBack(sku)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
