// The details dialog of a garment: large picture, facts, description and outfits.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { GarmentCardFragment } from '../../../../client/operations.js';
import { moreLike } from '../state/actions.js';
import { closeDetails, details, opened, type Details } from '../state/details.js';
import { bag, putIntoBag } from '../state/fitting.room.js';
import { usageLabel } from '../words/labels.js';
import { priceText, texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';
import { OutfitPicture } from './outfit.card.js';
import { TryOnButton } from './try.on.button.js';

export function GarmentDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const garment = opened.value;
  useEffect(() => {
    if (garment) dialog.current!.showModal();
    else dialog.current!.close();
  }, [garment]);
  return (
    <dialog
      ref={dialog}
      class="details"
      aria-labelledby="details-title"
      onClose={closeDetails}
      onClick={(event) => event.target === dialog.current && closeDetails()}
    >
      {garment && <DetailsBody garment={garment} />}
    </dialog>
  );
}

function DetailsBody({ garment }: { garment: GarmentCardFragment }): JSX.Element {
  const { title, brand, price, imageUrl } = garment;
  const more = details.value;
  return (
    <div class="details-body">
      <div class="details-picture">
        <img src={more?.largeImageUrl ?? imageUrl ?? '/pages/mark.svg'} alt="" width="384" height="512" />
      </div>
      <div class="details-text">
        <button type="button" class="close" aria-label={texts.value.close} onClick={closeDetails}>
          <Icon name="close" />
        </button>
        {brand && <p class="brand-name">{brand}</p>}
        <h2 id="details-title">{title}</h2>
        <p class="price">{price && priceText(price)}</p>
        <div class="details-actions">
          <TryOnButton garment={garment} />
          <BagButton sku={garment.sku} />
          <button
            type="button"
            class="quiet-button"
            onClick={() => {
              closeDetails();
              moreLike(garment);
            }}
          >
            {texts.value.moreLikeThis}
          </button>
        </div>
        {more && <Facts more={more} />}
        {more && more.outfits.length > 0 && (
          <>
            <h3>{texts.value.goesWith}</h3>
            <div class="details-outfits">
              {more.outfits.map((outfit) => (
                <OutfitPicture key={outfit.previewUrl} outfit={outfit} />
              ))}
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function BagButton({ sku }: { sku: string }): JSX.Element {
  const isIn = bag.value.includes(sku);
  return (
    <button type="button" class="primary" onClick={() => putIntoBag(sku)}>
      {isIn ? texts.value.inBag : texts.value.toBag}
    </button>
  );
}

function Facts({ more }: { more: Details }): JSX.Element {
  const { material, sizes, usage, description, productUrl } = more;
  const facts: [string, string | null | undefined][] = [
    [texts.value.facts.material, material],
    [texts.value.facts.usage, usage && usageLabel(usage)],
    [texts.value.facts.sizes, sizes.join(', ')],
  ];
  return (
    <>
      {description && <p class="description">{description}</p>}
      <dl>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {productUrl && (
        <a href={productUrl} rel="noopener">
          {texts.value.toShop}
        </a>
      )}
    </>
  );
}
