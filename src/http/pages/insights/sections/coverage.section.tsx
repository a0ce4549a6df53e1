// The share of the catalog that shoppers see, and how evenly it is distributed.
import type { JSX } from 'preact';
import { CoverageDocument, type CoverageQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import type { Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { NoRecommendations } from '../parts/empty.states.js';
import { StatTiles } from '../parts/stat.tiles.js';
import { instants } from '../state/period.js';
import { count, decimal, percent } from '../words/format.js';

const NEVER_SHOWN = 24;

type Coverage = CoverageQuery['insights']['coverage'];

export function CoverageSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Coverage and concentration"
        hint="The Gini coefficient is 0 if all garments in stock are shown equally often. It is close to 1 if few garments get almost all impressions."
        operation={CoverageDocument}
        variables={{ ...instants.value, neverShown: NEVER_SHOWN }}
        isWide
        emptyText={({ insights }) => (insights.coverage.showings === 0 ? <NoRecommendations /> : null)}
        table={({ insights }) => tableOf(insights.coverage)}
      >
        {({ insights }) => (
          <>
            <StatTiles stats={statsOf(insights.coverage)} />
            <Shares coverage={insights.coverage} />
            <NeverShown coverage={insights.coverage} />
          </>
        )}
      </Figure>
    </div>
  );
}

function statsOf({
  garments,
  shown,
  showings,
  gini,
  topTenth,
}: Coverage): { name: string; value: string; note?: string }[] {
  return [
    {
      name: 'Shown at least once',
      value: percent(shown / garments),
      note: `${count(shown)} of ${count(garments)} in stock`,
    },
    { name: 'Impressions', value: count(showings) },
    { name: 'Gini coefficient', value: decimal(gini) },
    { name: 'The top 10% of garments get', value: percent(topTenth), note: 'of the impressions' },
  ];
}

function tableOf(coverage: Coverage): Table {
  return {
    columns: [{ name: 'Figure' }, { name: 'Value', isNumber: true }],
    rows: [
      ['Garments in stock', count(coverage.garments)],
      ['Shown at least once', count(coverage.shown)],
      ['Impressions', count(coverage.showings)],
      ['Gini coefficient', decimal(coverage.gini)],
      ['Share of impressions of the top 10% of garments', percent(coverage.topTenth)],
    ],
  };
}

function Shares({ coverage }: { coverage: Coverage }): JSX.Element {
  const { garments, shown, topTenth } = coverage;
  const share = shown / garments;
  return (
    <ChartCanvas
      label={`${percent(share)} of the garments were shown; the top 10% get ${percent(topTenth)} of the impressions`}
      height={150}
      dependsOn={coverage}
      configOf={({ accent, line }) =>
        barChart(
          ['Garments shown', 'Impressions of the top 10%', 'Same, if shown equally often'],
          [
            { label: 'Share', color: accent, data: [share, topTenth, 0.1] },
            { label: 'Rest', color: line, data: [1 - share, 1 - topTenth, 0.9] },
          ],
          { format: percent, isHorizontal: true, isStacked: true, max: 1 },
        )
      }
    />
  );
}

function NeverShown({ coverage }: { coverage: Coverage }): JSX.Element {
  const { neverShown, garments, shown } = coverage;
  if (neverShown.length === 0) return <p>Every garment in stock was shown at least once.</p>;
  return (
    <>
      <h3>
        Never shown: {count(garments - shown)} in stock
        {neverShown.length < garments - shown && ` (the ${neverShown.length} oldest)`}
      </h3>
      <ul class="tiles">
        {neverShown.map((garment) => (
          <li key={garment.sku}>
            <GarmentTile garment={garment} />
          </li>
        ))}
      </ul>
    </>
  );
}
