// One garment among others: what it is, what it costs, why it is here, and what to do with it.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Shown } from '../state/answer.js';
import { lessLike, moreLike } from '../state/actions.js';
import { openDetails } from '../state/details.js';
import { tell } from '../state/shopper.js';
import { priceText, texts } from '../words/language.js';
import { colorLabel } from '../words/labels.js';
import { reasonText, type Said } from '../words/reasons.js';
import { TryOnButton } from './try.on.button.js';

/** Of up to six reasons the first say the most. */
const SHOWN_REASONS = 2;
/** A garment counts as seen when half of it has been on the screen for so long. */
const SEEN_SHARE = 0.5;
const SEEN_AFTER_MS = 1000;
/** As wide and high as the API gives pictures; boxes keep this shape until they are there. */
const PICTURE = { width: 384, height: 512 };

interface GarmentCardProps {
  shown: Shown;
  isNearest: boolean;
  /** In view from the start: its picture is not to wait. */
  isAtOnce: boolean;
}

export function GarmentCard({ shown: { garment, reasons }, isNearest, isAtOnce }: GarmentCardProps): JSX.Element {
  const { sku, title, price, imageUrl, inStock } = garment;
  const card = useRef<HTMLLIElement>(null);
  useSeen(card, sku);
  return (
    <li class="garment" ref={card} data-sku={sku}>
      <div class="picture">
        <button
          type="button"
          class="picture-button"
          aria-label={texts.value.details(title)}
          onClick={() => openDetails(garment)}
        >
          <img
            src={imageUrl ?? '/pages/mark.svg'}
            alt=""
            {...PICTURE}
            loading={isAtOnce ? 'eager' : 'lazy'}
            decoding="async"
          />
        </button>
        {isNearest && <span class="mark">{texts.value.nearestMark}</span>}
        {!inStock && <span class="mark">{texts.value.isSoldOut}</span>}
        <TryOnButton garment={garment} />
      </div>
      <h3>{title}</h3>
      <p class="price">{price && priceText(price)}</p>
      <Reasons reasons={reasons.length > 0 ? reasons.map(reasonText) : factsOf(garment)} />
      <Actions garment={garment} />
    </li>
  );
}

/** Without a question there is no reason; what a garment is stands in its place. */
function factsOf({ brand, color }: Shown['garment']): Said[] {
  return [brand, color && colorLabel(color)].filter((text) => text != null).map((text) => ({ text }));
}

function Reasons({ reasons }: { reasons: Said[] }): JSX.Element {
  const said = reasons.slice(0, SHOWN_REASONS);
  return (
    <p class="reasons">
      {said.map(({ text, lang }, i) => (
        <span key={text} lang={lang}>
          {i > 0 && ' · '}
          {text}
        </span>
      ))}
    </p>
  );
}

function Actions({ garment }: { garment: Shown['garment'] }): JSX.Element {
  const { title } = garment;
  return (
    <div class="actions">
      <button
        type="button"
        class="text-button"
        aria-label={texts.value.moreLikeThisOf(title)}
        onClick={() => more(garment)}
      >
        {texts.value.moreLikeThis}
      </button>
      <button
        type="button"
        class="text-button"
        aria-label={texts.value.lessLikeThisOf(title)}
        onClick={(event) => less(event.currentTarget, garment)}
      >
        {texts.value.lessLikeThis}
      </button>
    </div>
  );
}

/** As high as a garment's card, so that nothing moves when one takes its place. */
export function WaitingCard(): JSX.Element {
  return (
    <li class="garment waits" aria-hidden="true">
      <div class="picture" />
      <h3> </h3>
      <p class="price"> </p>
      <p class="reasons"> </p>
      <div class="actions">
        <span class="text-button"> </span>
      </div>
    </li>
  );
}

function more(garment: Shown['garment']): void {
  moreLike(garment);
  const garments = document.getElementById('garments')!;
  garments.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

/** The card goes; whoever came by keyboard goes on at the one that follows. */
function less(button: HTMLElement, garment: Shown['garment']): void {
  const card = button.closest('li')!;
  const next = (card.nextElementSibling ?? card.previousElementSibling)?.querySelector<HTMLElement>('button');
  (next ?? document.getElementById('garments')!).focus({ preventScroll: true });
  void lessLike(garment);
}

function useSeen(card: { current: HTMLElement | null }, sku: string): void {
  useEffect(() => {
    let timer: number | undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        window.clearTimeout(timer);
        if (entry?.isIntersecting) timer = window.setTimeout(() => tell('VIEW', sku), SEEN_AFTER_MS);
      },
      { threshold: SEEN_SHARE },
    );
    observer.observe(card.current!);
    return () => {
      window.clearTimeout(timer);
      observer.disconnect();
    };
  }, [sku]);
}
