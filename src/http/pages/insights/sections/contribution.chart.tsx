// What the scores of an answer's garments are made of: a bar for each garment, a part of it for each contribution.
import type { JSX } from 'preact';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import type { Table } from '../parts/data.table.js';
import { decimal, inWords } from '../words/format.js';

interface Scored {
  rank: number;
  score: number;
  node: { sku: string; title: string };
  explanation: { contributions: { name: string; value: number }[] };
}

const LONGEST_TITLE = 30;

export function ContributionChart({ shown }: { shown: Scored[] }): JSX.Element {
  const names = namesIn(shown);
  const labelOf = ({ rank, node }: Scored): string =>
    `${rank}  ${node.title.length > LONGEST_TITLE ? `${node.title.slice(0, LONGEST_TITLE - 1)}…` : node.title}`;
  return (
    <ChartCanvas
      label={`Contributions (${names.map(inWords).join(', ')}) to the scores of ${shown.length} garments`}
      height={90 + 28 * shown.length}
      of={shown}
      configOf={({ kinds }) =>
        barChart(
          shown.map(labelOf),
          names.map((name, i) => ({
            label: inWords(name),
            color: kinds[i % kinds.length]!,
            data: shown.map((one) => valueOf(one, name)),
          })),
          { format: decimal, isLevel: true, isStacked: true, title: 'Score' },
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
      ...[...names.map(inWords), 'Score'].map((name) => ({ name, isNumber: true })),
    ],
    rows: shown.map((one) => [
      one.rank,
      `${one.node.title} (${one.node.sku})`,
      ...names.map((name) => decimal(valueOf(one, name))),
      decimal(one.score),
    ]),
  };
}

/** In the order in which the best garments have them. */
function namesIn(shown: Scored[]): string[] {
  return [...new Set(shown.flatMap(({ explanation }) => explanation.contributions.map(({ name }) => name)))];
}

function valueOf({ explanation }: Scored, name: string): number {
  return explanation.contributions.filter((one) => one.name === name).reduce((sum, { value }) => sum + value, 0);
}
