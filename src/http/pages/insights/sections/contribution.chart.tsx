// The score contributions of recommended garments, as stacked bars.
import type { JSX } from 'preact';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import type { Table } from '../parts/data.table.js';
import { decimal, readable } from '../words/format.js';

interface Scored {
  rank: number;
  score: number;
  node: { sku: string; title: string };
  explanation: { contributions: { name: string; value: number }[] };
}

/** In characters. Longer titles are shortened. */
const LONGEST_TITLE = 30;

export function ContributionChart({ shown }: { shown: Scored[] }): JSX.Element {
  const names = namesIn(shown);
  const labelOf = ({ rank, node }: Scored): string =>
    `${rank}  ${node.title.length > LONGEST_TITLE ? `${node.title.slice(0, LONGEST_TITLE - 1)}…` : node.title}`;
  return (
    <ChartCanvas
      label={`Contributions (${names.map(readable).join(', ')}) to the scores of ${shown.length} garments`}
      height={90 + 28 * shown.length}
      dependsOn={shown}
      configOf={({ kinds }) =>
        barChart(
          shown.map(labelOf),
          names.map((name, i) => ({
            label: readable(name),
            color: kinds[i % kinds.length]!,
            data: shown.map((garment) => valueOf(garment, name)),
          })),
          { format: decimal, isHorizontal: true, isStacked: true, title: 'Score' },
        )
      }
    />
  );
}

export function contributionTable(shown: Scored[]): Table {
  const names = namesIn(shown);
  return {
    columns: [
      { name: 'Rank', isNumber: true },
      { name: 'Garment' },
      ...[...names.map(readable), 'Score'].map((name) => ({ name, isNumber: true })),
    ],
    rows: shown.map((garment) => [
      garment.rank,
      `${garment.node.title} (${garment.node.sku})`,
      ...names.map((name) => decimal(valueOf(garment, name))),
      decimal(garment.score),
    ]),
  };
}

/** Returns the contributions' names in the order of the best garments. */
function namesIn(shown: Scored[]): string[] {
  return [...new Set(shown.flatMap(({ explanation }) => explanation.contributions.map(({ name }) => name)))];
}

function valueOf({ explanation }: Scored, name: string): number {
  return explanation.contributions
    .filter((contribution) => contribution.name === name)
    .reduce((sum, { value }) => sum + value, 0);
}
