// The results: query understanding, status, garments, and suggestions if nothing is found.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { setAvoid, choose, clearChoices, toggle } from '../state/actions.js';
import {
  results,
  failure,
  isBusy,
  isLoadingMore,
  NEXT_PAGE,
  refresh,
  showMore,
  statusText,
  type Results,
} from '../state/results.js';
import { mayPass } from '../../shared/failure.js';
import { failureText } from '../state/failure.js';
import { avoid, chosenCount, choices, type ListField } from '../state/request.js';
import { colorLabel, genderLabel, typeLabel } from '../words/labels.js';
import { texts } from '../words/language.js';
import { GarmentCard, WaitingCard } from './garment.card.js';

const WAITING_CARDS = 8;
/** Minimum confidence at which the page names the recognized garment type. */
const MIN_TYPE_CONFIDENCE = 0.5;

export function ResultSection(): JSX.Element {
  const loaded = results.value;
  return (
    <section id="garments" tabIndex={-1} aria-labelledby="garments-title" aria-busy={isBusy.value}>
      <h2 id="garments-title">{loaded ? titleOf(loaded) : texts.value.searching}</h2>
      <p class="status-line">{(loaded && lineOf(loaded)) || '\u00a0'}</p>
      {failure.value && <Failure />}
      <Shelf loaded={loaded} hasFailed={failure.value !== null} />
    </section>
  );
}

function Shelf({ loaded, hasFailed }: { loaded: Results | null; hasFailed: boolean }): JSX.Element | null {
  if (loaded && loaded.shown.length > 0) return <Garments loaded={loaded} />;
  if (hasFailed) return null;
  if (loaded === null) return <Waiting />;
  return isBusy.value ? null : <Nothing />;
}

function titleOf({ status, total, shown }: Results): string {
  if (shown.length === 0) return texts.value.nothing;
  if (status === 'WEAK') return texts.value.nearest;
  return status === null ? texts.value.catalog(total ?? 0) : texts.value.matches;
}

function lineOf(loaded: Results): string {
  if (loaded.understanding === null) return texts.value.catalogHint;
  const { garmentTypes, colors } = loaded.understanding;
  const [likeliest] = garmentTypes;
  const isConfident = likeliest && likeliest.probability >= MIN_TYPE_CONFIDENCE;
  const labels = [...(isConfident ? [typeLabel(likeliest.garmentType)] : []), ...colors.map(colorLabel)];
  const understood = labels.length > 0 ? texts.value.understoodAs(labels) : '';
  return [understood, statusText(loaded)].filter(Boolean).join(' ');
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

function Garments({ loaded: { requestKey, shown, status, next } }: { loaded: Results }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(shown.length);
  const more = useRef(false);
  useEffect(() => {
    // after "Show more", focus moves to the first new garment
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
        {shown.map((card, i) => (
          <GarmentCard
            key={`${requestKey} ${card.garment.sku}`}
            shown={card}
            isNearest={status === 'WEAK'}
            isEager={i < 4}
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
        <b>{texts.value.failed}</b> {failureText(failed)}
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
      <p>{chosenCount.value > 0 ? texts.value.tryWithout : texts.value.tryOtherText}</p>
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

/** Returns the label of each set filter and a function that removes it. */
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
      : [[`${texts.value.avoid}: ${avoid.value}`, () => setAvoid('')] satisfies [string, () => void]]),
  ];
}
