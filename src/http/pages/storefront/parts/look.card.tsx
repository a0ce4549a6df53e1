// One whole look: its picture, its pieces with a swap for each, and its weakest pair.
import type { JSX } from 'preact';
import type { LookFragment } from '../../../../client/operations.js';
import { isTriedOn } from '../state/fitting.room.js';
import { swap } from '../state/looks.js';
import { priceText, texts } from '../words/language.js';
import { weakestLinkText } from '../words/reasons.js';
import { Icon } from '../../shared/icon.js';

/** As the API lays looks out: 5/4 as high as wide. */
const PICTURE = { width: 480, height: 600 };

export function LookPicture({ look }: { look: LookFragment }): JSX.Element {
  const titles = look.pieces.map(({ garment }) => garment.title).join(', ');
  return (
    <img
      class="look-picture"
      src={look.previewUrl}
      alt={texts.value.lookOf(titles)}
      {...PICTURE}
      loading="lazy"
      decoding="async"
    />
  );
}

export function LookCard({ look, index }: { look: LookFragment; index: number }): JSX.Element {
  return (
    <li class="look">
      <LookPicture look={look} />
      <p class="price">{look.totalPrice && priceText(look.totalPrice)}</p>
      <ul class="pieces">
        {look.pieces.map(({ slot, garment }) => (
          <li key={slot}>
            <img src={garment.imageUrl ?? '/pages/mark.svg'} alt="" width="36" height="48" loading="lazy" />
            <span class="piece-title">{garment.title}</span>
            {!isTriedOn(garment.sku) && <SwapButton garment={garment} index={index} />}
          </li>
        ))}
      </ul>
      {look.weakestLink && <Weakest link={look.weakestLink} />}
    </li>
  );
}

function SwapButton({
  garment: { sku, title },
  index,
}: {
  garment: { sku: string; title: string };
  index: number;
}): JSX.Element {
  return (
    <button
      type="button"
      class="text-button"
      aria-label={texts.value.swapOf(title)}
      onClick={() => void swap(index, sku)}
    >
      <Icon name="swap" />
      {texts.value.swap}
    </button>
  );
}

function Weakest({ link }: { link: string }): JSX.Element {
  const { text, lang } = weakestLinkText(link);
  return (
    <p class="weakest">
      <b>{texts.value.weakest}</b> <span lang={lang}>{text}</span>
    </p>
  );
}
