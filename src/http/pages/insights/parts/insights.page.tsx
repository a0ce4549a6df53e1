// The layout of the insights page.
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { KeyForm } from '../../shared/key.form.js';
import { RecommendationsSection } from '../sections/recommendations.section.js';
import { CoverageSection } from '../sections/coverage.section.js';
import { QualitySection } from '../sections/quality.section.js';
import { DriftSection } from '../sections/drift.section.js';
import { EngagementSection } from '../sections/engagement.section.js';
import { ExperimentsSection } from '../sections/experiments.section.js';
import { GapsSection } from '../sections/gaps.section.js';
import { MapSection } from '../sections/map.section.js';
import { ModelSection } from '../sections/model.section.js';
import { OverviewSection } from '../sections/overview.section.js';
import { currentView } from '../state/address.js';
import { acceptKey, refusal } from '../state/lock.js';
import { SECTION_TITLES, type Section } from '../state/sections.js';
import { KEY_TEXTS, refusalText } from '../words/key.texts.js';
import { GarmentDialog } from './garment.dialog.js';
import { PeriodChooser } from './period.chooser.js';
import { SectionMenu } from './section.menu.js';

const SECTION_PARTS: Record<Section, FunctionComponent> = {
  overview: OverviewSection,
  engagement: EngagementSection,
  gaps: GapsSection,
  coverage: CoverageSection,
  doubts: QualitySection,
  drift: DriftSection,
  experiments: ExperimentsSection,
  map: MapSection,
  answers: RecommendationsSection,
  model: ModelSection,
};

export function InsightsPage(): JSX.Element {
  const { section } = currentView.value;
  const title = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${SECTION_TITLES[section]} – fitroom insights`;
    // moves the focus of keyboard and screen reader users to the section that they chose
    if (!isFirst.current) title.current?.focus();
    isFirst.current = false;
  }, [section]);
  const Part = SECTION_PARTS[section];
  return (
    <>
      <a class="skip" href={`#${section}`} onClick={(event) => skipTo(event, title.current)}>
        Skip to the charts
      </a>
      <header class="head">
        <a class="brand" href="#overview">
          <img src="/pages/mark.svg" alt="" width="28" height="28" />
          fitroom <span class="brand-page">insights</span>
        </a>
        <PeriodChooser />
      </header>
      <div class="desk">
        <SectionMenu />
        <main>
          <h1 tabIndex={-1} ref={title}>
            {SECTION_TITLES[section]}
          </h1>
          {refusal.value === null ? <Part key={section} /> : <Refused code={refusal.value.code} />}
        </main>
      </div>
      <footer class="foot">
        <p>Days are in UTC. The data do not identify shoppers.</p>
        <nav aria-label="fitroom">
          <a href="/">Storefront</a>
          <a href="/playground">Playground</a>
          <code>/graphql</code>
        </nav>
      </footer>
      <GarmentDialog />
    </>
  );
}

function Refused({ code }: { code: string }): JSX.Element {
  const text = refusalText(code);
  return (
    <>
      {text && (
        <p class="notice" role="alert">
          {text}
        </p>
      )}
      <KeyForm texts={KEY_TEXTS} onUse={acceptKey} />
    </>
  );
}

function skipTo(event: Event, target: HTMLElement | null): void {
  event.preventDefault();
  target?.focus();
}
