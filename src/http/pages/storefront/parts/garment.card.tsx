// A garment card: picture, title, price, reasons and actions.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Shown } from '../state/results.js';
import { lessLike, moreLike } from '../state/actions.js';
import { openDetails } from '../state/details.js';
import { recordEvent } from '../state/shopper.js';
import { priceText, texts } from '../words/language.js';
import { colorLabel } from '../words/labels.js';
import { reasonText, type LocalText } from '../words/reasons.js';
import { TryOnButton } from './try.on.button.js';

/** The API sends up to six reasons, the strongest first. */
const SHOWN_REASONS = 2;
/** A garment counts as seen after half of its card has been on the screen for one second. */
const SEEN_SHARE = 0.5;
const SEEN_AFTER_MS = 1000;
/** The size of the API's pictures. It reserves their space before they load. */
const PICTURE = { width: 384, height: 512 };

interface GarmentCardProps {
  shown: Shown;
  isNearest: boolean;
  /** True for cards in view from the start, whose pictures load at once. */
  isEager: boolean;
}

export function GarmentCard({ shown: { garment, reasons }, isNearest, isEager }: GarmentCardProps): JSX.Element {
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
            loading={isEager ? 'eager' : 'lazy'}
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

/** Returns brand and color. The card shows them in the catalog, where there are no reasons. */
function factsOf({ brand, color }: Shown['garment']): LocalText[] {
  return [brand, color && colorLabel(color)].filter((text) => text != null).map((text) => ({ text }));
}

function Reasons({ reasons }: { reasons: LocalText[] }): JSX.Element {
  const strongest = reasons.slice(0, SHOWN_REASONS);
  return (
    <p class="reasons">
      {strongest.map(({ text, lang }, i) => (
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

/** A placeholder as high as a garment card, so that the layout does not shift. */
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

/** Hides the card. Keyboard focus moves to the next card. */
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
        if (entry?.isIntersecting) timer = window.setTimeout(() => recordEvent('VIEW', sku), SEEN_AFTER_MS);
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
