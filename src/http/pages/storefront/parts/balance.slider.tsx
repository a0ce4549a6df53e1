// Words against picture, shown where both are given.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { weigh } from '../state/actions.js';
import { answer } from '../state/answer.js';
import { balance } from '../state/request.js';
import { texts } from '../words/language.js';

/** A hand that still moves the slider wants no answer yet. */
const SETTLED_AFTER_MS = 250;

export function BalanceSlider(): JSX.Element {
  // until it is touched it stands where the model has put it
  const given = balance.value ?? Math.round((answer.value?.read?.textWeight ?? 0.5) * 100);
  const [percent, setPercent] = useState(given);
  const timer = useRef<number>(undefined);
  useEffect(() => setPercent(given), [given]);
  const move = (value: number): void => {
    setPercent(value);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => weigh(value), SETTLED_AFTER_MS);
  };
  return (
    <div class="balance">
      <label for="balance">{texts.value.balance}</label>
      <span aria-hidden="true">{texts.value.balancePicture}</span>
      <input
        id="balance"
        type="range"
        min="0"
        max="100"
        step="5"
        value={percent}
        aria-valuetext={texts.value.balanceValue(percent)}
        onInput={(event) => move(event.currentTarget.valueAsNumber)}
      />
      <span aria-hidden="true">{texts.value.balanceWords}</span>
    </div>
  );
}
