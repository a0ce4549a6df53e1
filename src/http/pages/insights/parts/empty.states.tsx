// The texts for periods without data.
import type { JSX } from 'preact';
import { addressOf } from '../state/address.js';
import { dayBefore, period } from '../state/period.js';

export function NoRecommendations(): JSX.Element {
  const { lastDay } = period.value;
  return (
    <>
      <p>
        <b>recommendOutfit was not called in this period.</b> The server logs every call for FITROOM_LOG_DAYS days.
      </p>
      <p>
        Search in <a href="/">the storefront</a> or <a href="/playground#01-red-dress">the playground</a>, or show{' '}
        <a href={addressOf({ from: dayBefore(lastDay, 89), to: lastDay })}>90 days</a>.
      </p>
    </>
  );
}

export function NoFeedback(): JSX.Element {
  return (
    <p>
      <b>There are recommendations, but no feedback.</b> A storefront reports what shoppers do with{' '}
      <code>recordFeedback</code>: <a href="/playground#60-tell-what-a-shopper-did">see the example</a>.
    </p>
  );
}
