// Which part of the catalog shoppers get to see, and how evenly.
import type { JSX } from 'preact';
import { CoverageDocument, type CoverageQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import type { Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { NothingAsked } from '../parts/nothing.js';
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
        hint="Gini’s coefficient is 0 where all garments in stock are shown alike and goes towards 1 where few have all the showings."
        operation={CoverageDocument}
        variables={{ ...instants.value, neverShown: NEVER_SHOWN }}
        isWide
        emptyText={({ insights }) => (insights.coverage.showings === 0 ? <NothingAsked /> : null)}
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
    { name: 'Showings', value: count(showings) },
    { name: 'Gini', value: decimal(gini) },
    { name: 'The most shown tenth has', value: percent(topTenth), note: 'of the showings' },
  ];
}

function tableOf(coverage: Coverage): Table {
  return {
    columns: [{ name: 'Figure' }, { name: 'Value', isNumber: true }],
    rows: [
      ['Garments in stock', count(coverage.garments)],
      ['Of them shown at least once', count(coverage.shown)],
      ['Showings', count(coverage.showings)],
      ['Gini', decimal(coverage.gini)],
      ['Share of the showings that the most shown tenth has', percent(coverage.topTenth)],
    ],
  };
}

function Shares({ coverage }: { coverage: Coverage }): JSX.Element {
  const { garments, shown, topTenth } = coverage;
  const share = shown / garments;
  return (
    <ChartCanvas
      label={`${percent(share)} of the garments were shown; the most shown tenth has ${percent(topTenth)} of the showings`}
      height={150}
      of={coverage}
      configOf={({ accent, line }) =>
        barChart(
          ['Garments: shown at all', 'Showings: of the most shown tenth', '… if all were shown alike'],
          [
            { label: 'Share', color: accent, data: [share, topTenth, 0.1] },
            { label: 'The rest', color: line, data: [1 - share, 1 - topTenth, 0.9] },
          ],
          { format: percent, isLevel: true, isStacked: true, max: 1 },
        )
      }
    />
  );
}

function NeverShown({ coverage }: { coverage: Coverage }): JSX.Element {
  const { neverShown, garments, shown } = coverage;
  if (neverShown.length === 0) return <p>Every garment in stock was shown.</p>;
  return (
    <>
      <h3>
        Never shown: {count(garments - shown)} in stock
        {neverShown.length < garments - shown && `, the ${neverShown.length} that have been there longest`}
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
