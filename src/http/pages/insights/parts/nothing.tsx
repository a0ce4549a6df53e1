// What is said where a period has nothing to show, and what can be done about it.
import type { JSX } from 'preact';
import { addressOf } from '../state/address.js';
import { dayBefore, period } from '../state/period.js';

export function NothingAsked(): JSX.Element {
  const { lastDay } = period.value;
  return (
    <>
      <p>
        <b>recommendOutfit was not called in this period.</b> Every call is kept and counted from then on, for
        FITROOM_LOG_DAYS days.
      </p>
      <p>
        Ask something in <a href="/">the storefront</a> or <a href="/playground#01-red-dress">the playground</a>, or
        look at <a href={addressOf({ from: dayBefore(lastDay, 89), to: lastDay })}>90 days</a>.
      </p>
    </>
  );
}

export function NothingTold(): JSX.Element {
  return (
    <p>
      <b>Answers were given, but no feedback came in.</b> A storefront tells what shoppers do with{' '}
      <code>recordFeedback</code>: <a href="/playground#60-tell-what-a-shopper-did">an example</a>.
    </p>
  );
}
