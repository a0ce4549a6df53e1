// What was found: how it was understood, how good it is, the garments, and what to change where there are none.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { avoidWords, choose, clearChoices, toggle } from '../state/actions.js';
import {
  answer,
  failure,
  isBusy,
  isLoadingMore,
  NEXT_PAGE,
  refresh,
  showMore,
  statusText,
  type Answer,
} from '../state/answer.js';
import { mayPass } from '../../shared/failure.js';
import { failureText } from '../state/failure.js';
import { avoid, chosenCount, choices, type ListField } from '../state/request.js';
import { colorLabel, genderLabel, typeLabel } from '../words/labels.js';
import { texts } from '../words/language.js';
import { GarmentCard, WaitingCard } from './garment.card.js';

const WAITING_CARDS = 8;
/** Below it the likeliest type is a guess that nobody needs to read. */
const SAY_TYPE_FROM = 0.5;

export function ResultSection(): JSX.Element {
  const found = answer.value;
  return (
    <section id="garments" tabIndex={-1} aria-labelledby="garments-title" aria-busy={isBusy.value}>
      <h2 id="garments-title">{found ? titleOf(found) : texts.value.searching}</h2>
      <p class="status-line">{(found && lineOf(found)) || '\u00a0'}</p>
      {failure.value && <Failure />}
      <Shelf found={found} hasFailed={failure.value !== null} />
    </section>
  );
}

function Shelf({ found, hasFailed }: { found: Answer | null; hasFailed: boolean }): JSX.Element | null {
  if (found && found.shown.length > 0) return <Garments found={found} />;
  if (hasFailed) return null;
  if (found === null) return <Waiting />;
  return isBusy.value ? null : <Nothing />;
}

function titleOf({ status, total, shown }: Answer): string {
  if (shown.length === 0) return texts.value.nothing;
  if (status === 'WEAK') return texts.value.nearest;
  return status === null ? texts.value.catalog(total ?? 0) : texts.value.matches;
}

function lineOf(found: Answer): string {
  if (found.read === null) return texts.value.catalogHint;
  const [likeliest] = found.read.garmentTypes;
  const isSure = likeliest && likeliest.probability >= SAY_TYPE_FROM;
  const read = [...(isSure ? [typeLabel(likeliest.garmentType)] : []), ...found.read.colors.map(colorLabel)];
  const understood = read.length > 0 ? texts.value.readAs(read.join(', ')) : '';
  return [understood, statusText(found)].filter(Boolean).join(' ');
}

function Waiting(): JSX.Element {
  return (
    <ul class="garments" aria-hidden="true">
      <WaitingCards count={WAITING_CARDS} />
    </ul>
  );
}

function WaitingCards({ count }: { count: number }): JSX.Element {
  return (
    <>
      {Array.from({ length: count }, (_, i) => (
        <WaitingCard key={`waiting ${i}`} />
      ))}
    </>
  );
}

function Garments({ found: { question, shown, status, next } }: { found: Answer }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(shown.length);
  const more = useRef(false);
  useEffect(() => {
    // whoever asked for more goes on at the first that came
    if (more.current && shown.length > before.current) {
      list.current?.children[before.current]?.querySelector('button')?.focus();
      more.current = false;
    }
    before.current = shown.length;
  }, [shown]);
  const ask = (): void => {
    more.current = true;
    void showMore();
  };
  return (
    <>
      <ul class="garments" ref={list} data-busy={isBusy.value}>
        {shown.map((one, i) => (
          <GarmentCard
            key={`${question} ${one.garment.sku}`}
            shown={one}
            isNearest={status === 'WEAK'}
            isAtOnce={i < 4}
          />
        ))}
        {isLoadingMore.value && <WaitingCards count={NEXT_PAGE} />}
      </ul>
      {next !== null && (
        <button type="button" class="quiet-button more" onClick={ask}>
          {texts.value.more}
        </button>
      )}
    </>
  );
}

function Failure(): JSX.Element {
  const failed = failure.value!;
  return (
    <div class="notice" role="alert">
      <p>
        <b>{texts.value.failed}.</b> {failureText(failed)}
      </p>
      {mayPass(failed) && (
        <button type="button" class="quiet-button" onClick={() => void refresh()}>
          {texts.value.retry}
        </button>
      )}
    </div>
  );
}

function Nothing(): JSX.Element {
  return (
    <div class="notice">
      <p>{chosenCount.value > 0 ? `${texts.value.tryWithout}:` : texts.value.tryOtherWords}</p>
      {chosenCount.value > 0 && (
        <ul class="suggestions">
          {removable().map(([label, remove]) => (
            <li key={label}>
              <button type="button" class="chip" onClick={remove}>
                {label} <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
          <li>
            <button type="button" class="text-button" onClick={clearChoices}>
              {texts.value.clearFilters}
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}

/** Each filter that is set, and how to be rid of it. */
function removable(): [string, () => void][] {
  const { types, colors, genders, minPrice, maxPrice } = choices.value;
  const list = (field: ListField, values: string[], label: (value: string) => string): [string, () => void][] =>
    values.map((value) => [label(value), () => toggle(field, value)]);
  const bound = (name: 'minPrice' | 'maxPrice', value: string, label: string): [string, () => void][] =>
    value === '' ? [] : [[`${texts.value.price} ${label} ${value}`, () => choose({ [name]: '' })]];
  return [
    ...list('types', types, typeLabel),
    ...list('colors', colors, colorLabel),
    ...list('genders', genders, genderLabel),
    ...bound('minPrice', minPrice, texts.value.priceFrom),
    ...bound('maxPrice', maxPrice, texts.value.priceTo),
    ...(avoid.value === ''
      ? []
      : [[`${texts.value.avoid}: ${avoid.value}`, () => avoidWords('')] satisfies [string, () => void]]),
  ];
}
