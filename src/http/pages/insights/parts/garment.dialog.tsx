// The dialog with the catalog data of one garment.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { OneGarmentDocument, type OneGarmentQuery } from '../../../../client/insights.operations.js';
import { Icon } from '../../shared/icon.js';
import { closeGarment, openedSku } from '../state/garment.js';
import { useQuery } from '../state/query.js';
import { readable } from '../words/format.js';
import { Failure } from './figure.js';
import { PlaygroundLink } from './playground.link.js';

export function GarmentDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const sku = openedSku.value;
  useEffect(() => {
    if (sku === null) dialog.current!.close();
    else if (!dialog.current!.open) dialog.current!.showModal();
  }, [sku]);
  return (
    <dialog
      ref={dialog}
      class="garment-dialog"
      aria-label="Garment"
      onClose={closeGarment}
      onClick={(event) => event.target === dialog.current && closeGarment()}
    >
      {sku !== null && <GarmentBody sku={sku} />}
    </dialog>
  );
}

function GarmentBody({ sku }: { sku: string }): JSX.Element {
  const { data, failure } = useQuery(OneGarmentDocument, { sku }, true);
  return (
    <div class="garment-body">
      <button type="button" class="close" aria-label="Close" onClick={closeGarment}>
        <Icon name="close" />
      </button>
      {failure && <Failure message={failure.message} retry={null} />}
      {data && !data.garment && <p>The catalog no longer contains the garment {sku}.</p>}
      {data?.garment && <GarmentFacts garment={data.garment} />}
      <PlaygroundLink about={sku} query={OneGarmentDocument} variables={{ sku }} />
    </div>
  );
}

function GarmentFacts({ garment }: { garment: NonNullable<OneGarmentQuery['garment']> }): JSX.Element {
  const { title, imageUrl, sku, brand, category, color, material, usage, price, description } = garment;
  const facts: [string, string | null][] = [
    ['SKU', sku],
    ['Type', garment.garmentType && readable(garment.garmentType)],
    ['Category', category],
    ['Color', color],
    ['Material', material],
    ['Gender', garment.gender && readable(garment.gender)],
    ['Usage', usage],
    ['Brand', brand],
    ['Price', price && `${price.amount} ${price.currency}`],
    ['In stock', garment.inStock ? 'yes' : 'no'],
  ];
  return (
    <>
      <img src={imageUrl ?? '/pages/mark.svg'} alt="" width="240" height="320" />
      <div>
        <h2>{title}</h2>
        <dl class="facts">
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {description && <p class="hint">{description}</p>}
      </div>
    </>
  );
}
