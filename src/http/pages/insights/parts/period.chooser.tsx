// The form for the period of all sections.
import type { JSX } from 'preact';
import { addressOf, go, currentView } from '../state/address.js';
import { dayBefore, dayOf, period } from '../state/period.js';

const PRESETS = [7, 30, 90];

export function PeriodChooser(): JSX.Element {
  const { firstDay, lastDay } = period.value;
  const today = dayOf(Date.now());
  const { answer } = currentView.value;
  const choose = (change: { from: string; to: string }): void => {
    if (change.from !== '' && change.to !== '') go({ ...change, answer });
  };
  return (
    <form class="period" aria-label="Period" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>From</span>
        <input
          type="date"
          value={firstDay}
          max={lastDay}
          onChange={({ currentTarget }) => choose({ from: currentTarget.value, to: lastDay })}
        />
      </label>
      <label>
        <span>to</span>
        <input
          type="date"
          value={lastDay}
          min={firstDay}
          max={today}
          onChange={({ currentTarget }) => choose({ from: firstDay, to: currentTarget.value })}
        />
      </label>
      <span class="presets">
        {PRESETS.map((days) => {
          const isChosen = lastDay === today && firstDay === dayBefore(today, days - 1);
          const change = days === 30 ? { from: null, to: null } : { from: dayBefore(today, days - 1), to: null };
          return (
            <a key={days} href={addressOf({ ...change, answer })} aria-current={isChosen ? 'true' : undefined}>
              {days} days
            </a>
          );
        })}
      </span>
    </form>
  );
}
