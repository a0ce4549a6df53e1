// Filters, each choice with its number of garments. On a phone a button opens them.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { setAvoid, choose, clearChoices, showDismissed, toggle } from '../state/actions.js';
import { facets, type FacetValue } from '../state/facets.js';
import { avoid, chosenCount, choices, dismissed, type ListField } from '../state/request.js';
import { swatch } from '../../shared/swatches.js';
import { colorLabel, genderLabel, typeLabel } from '../words/labels.js';
import { texts } from '../words/language.js';

const FIRST_COLORS = 10;
/** The number of placeholder lines while the counts load, so that the layout does not shift. */
const EXPECTED: Record<ListField, number> = { types: 10, colors: FIRST_COLORS, genders: 6 };

export function FilterPanel(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <aside class="filters" aria-label={texts.value.filters}>
      <button
        type="button"
        class="quiet-button filters-toggle"
        aria-expanded={isOpen}
        aria-controls="filters"
        onClick={() => setOpen(!isOpen)}
      >
        {texts.value.filtersChosen(chosenCount.value)}
      </button>
      <div id="filters" class="filters-body" data-open={isOpen}>
        <ListFilter field="types" title={texts.value.garmentType} label={typeLabel} />
        <ListFilter field="genders" title={texts.value.gender} label={genderLabel} />
        <PriceFilter />
        <ColorFilter />
        <AvoidFilter />
        <label class="choice">
          <input
            type="checkbox"
            checked={choices.value.soldOut}
            onChange={(event) => choose({ soldOut: event.currentTarget.checked })}
          />
          <span>{texts.value.soldOut}</span>
        </label>
        <Resets />
      </div>
    </aside>
  );
}

function Resets(): JSX.Element | null {
  const hidden = dismissed.value.length;
  if (chosenCount.value === 0 && hidden === 0) return null;
  return (
    <div class="resets">
      {chosenCount.value > 0 && (
        <button type="button" class="text-button" onClick={clearChoices}>
          {texts.value.clearFilters}
        </button>
      )}
      {hidden > 0 && (
        <span>
          {texts.value.hidden(hidden)}{' '}
          <button type="button" class="text-button" onClick={showDismissed}>
            {texts.value.showHidden}
          </button>
        </span>
      )}
    </div>
  );
}

interface ListFilterProps {
  field: ListField;
  title: string;
  label: (value: string) => string;
  /** The number of values to show. */
  first?: number;
  mark?: (value: string) => ComponentChildren;
  children?: ComponentChildren;
}

function ListFilter({ field, title, label, first = Infinity, mark, children }: ListFilterProps): JSX.Element | null {
  const values = facets.value?.[field] ?? null;
  const isChosen = ({ value }: FacetValue): boolean => choices.value[field].includes(value);
  const shown = values?.filter((value, i) => i < first || isChosen(value));
  if (shown?.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {shown === undefined && Array.from({ length: EXPECTED[field] }, (_, i) => <span key={i} class="choice waits" />)}
      {shown?.map(({ value, count }) => (
        <label key={value} class="choice" data-none={count === 0}>
          <input type="checkbox" checked={isChosen({ value, count })} onChange={() => toggle(field, value)} />
          {mark?.(value)}
          <span>{label(value)}</span>
          <span class="count">{count}</span>
        </label>
      ))}
      {children}
    </fieldset>
  );
}

function ColorFilter(): JSX.Element {
  const [isExpanded, setExpanded] = useState(false);
  const count = facets.value?.colors.length ?? 0;
  const mark = (color: string): JSX.Element => <i class="swatch" style={{ background: swatch(color) ?? MULTICOLOR }} />;
  return (
    <ListFilter
      field="colors"
      title={texts.value.color}
      label={colorLabel}
      first={isExpanded ? Infinity : FIRST_COLORS}
      mark={mark}
    >
      {count > FIRST_COLORS && (
        <button type="button" class="text-button" aria-expanded={isExpanded} onClick={() => setExpanded(!isExpanded)}>
          {isExpanded ? texts.value.fewerColors : texts.value.allColors(count)}
        </button>
      )}
    </ListFilter>
  );
}

const MULTICOLOR = 'conic-gradient(#c9252d, #f2cf3b, #2f8f4e, #2f6fd0, #6f3f9c, #c9252d)';

function PriceFilter(): JSX.Element {
  const field = (name: 'minPrice' | 'maxPrice', label: string): JSX.Element => (
    <label>
      <span>{label}</span>
      <input
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        value={choices.value[name]}
        onChange={(event) => choose({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <fieldset class="prices">
      <legend>{texts.value.price}</legend>
      {field('minPrice', texts.value.priceFrom)}
      {field('maxPrice', texts.value.priceTo)}
    </fieldset>
  );
}

function AvoidFilter(): JSX.Element {
  return (
    <fieldset>
      <legend>
        <label for="avoid">{texts.value.avoid}</label>
      </legend>
      <input
        id="avoid"
        type="text"
        maxLength={1000}
        placeholder={texts.value.avoidPlaceholder}
        value={avoid.value}
        onChange={(event) => setAvoid(event.currentTarget.value.trim())}
      />
    </fieldset>
  );
}
