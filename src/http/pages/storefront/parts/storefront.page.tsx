// The layout of the storefront page.
import type { JSX } from 'preact';
import { announcement } from '../state/announcement.js';
import { failure, refresh } from '../state/results.js';
import { refreshFacets } from '../state/facets.js';
import { needsKey } from '../../shared/failure.js';
import { texts } from '../words/language.js';
import { DropZone } from './drop.zone.js';
import { FilterPanel } from './filter.panel.js';
import { GarmentDialog } from './garment.dialog.js';
import { KeyForm } from '../../shared/key.form.js';
import { OutfitSection } from './outfit.section.js';
import { PageFoot } from './page.foot.js';
import { PageHead } from './page.head.js';
import { ResultSection } from './result.section.js';
import { SearchForm } from './search.form.js';

export function Storefront(): JSX.Element {
  const isLocked = failure.value !== null && needsKey(failure.value);
  return (
    <>
      <a class="skip" href="#garments">
        {texts.value.skip}
      </a>
      <PageHead />
      <main>
        <SearchForm />
        {isLocked ? (
          <KeyForm texts={texts.value} onUse={() => void Promise.all([refresh(), refreshFacets()])} />
        ) : (
          <div class="shelves">
            <FilterPanel />
            <div class="found">
              <ResultSection />
              <OutfitSection />
            </div>
          </div>
        )}
      </main>
      <PageFoot />
      <GarmentDialog />
      <DropZone />
      <p class="unseen" role="status">
        {announcement.value}
      </p>
    </>
  );
}
