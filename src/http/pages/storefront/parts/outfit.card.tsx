// An outfit card: preview, price, garments with a swap button each, and the weakest pair.
import type { JSX } from 'preact';
import type { LookFragment } from '../../../../client/operations.js';
import { isTriedOn } from '../state/fitting.room.js';
import { swap } from '../state/outfits.js';
import { priceText, texts } from '../words/language.js';
import { weakestLinkText } from '../words/reasons.js';
import { Icon } from '../../shared/icon.js';

/** The API draws previews 5/4 as high as wide. */
const PICTURE = { width: 480, height: 600 };

export function OutfitPicture({ outfit }: { outfit: LookFragment }): JSX.Element {
  const titles = outfit.pieces.map(({ garment }) => garment.title).join(', ');
  return (
    <img
      class="outfit-picture"
      src={outfit.previewUrl}
      alt={texts.value.outfitOf(titles)}
      {...PICTURE}
      loading="lazy"
      decoding="async"
    />
  );
}

export function OutfitCard({ outfit, index }: { outfit: LookFragment; index: number }): JSX.Element {
  return (
    <li class="outfit">
      <OutfitPicture outfit={outfit} />
      <p class="price">{outfit.totalPrice && priceText(outfit.totalPrice)}</p>
      <ul class="pieces">
        {outfit.pieces.map(({ slot, garment }) => (
          <li key={slot}>
            <img src={garment.imageUrl ?? '/pages/mark.svg'} alt="" width="36" height="48" loading="lazy" />
            <span class="piece-title">{garment.title}</span>
            {!isTriedOn(garment.sku) && <SwapButton garment={garment} index={index} />}
          </li>
        ))}
      </ul>
      {outfit.weakestLink && <Weakest link={outfit.weakestLink} />}
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
