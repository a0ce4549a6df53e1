// The slider that weights text against picture. It is shown when the request has both.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { setBalance } from '../state/actions.js';
import { results } from '../state/results.js';
import { balance } from '../state/request.js';
import { texts } from '../words/language.js';

/** The time without movement after which the request is sent. */
const DEBOUNCE_MS = 250;

export function BalanceSlider(): JSX.Element {
  // shows the model's own weight until the shopper moves the slider
  const current = balance.value ?? Math.round((results.value?.understanding?.textWeight ?? 0.5) * 100);
  const [percent, setPercent] = useState(current);
  const timer = useRef<number>(undefined);
  useEffect(() => setPercent(current), [current]);
  const move = (value: number): void => {
    setPercent(value);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setBalance(value), DEBOUNCE_MS);
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
      <span aria-hidden="true">{texts.value.balanceText}</span>
    </div>
  );
}
