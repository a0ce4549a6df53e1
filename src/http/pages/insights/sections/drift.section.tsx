// How what is asked for moves from week to week, and the catalog with it.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { DriftDocument, type DriftQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart, lineChart } from '../charts/configs.js';
import { FoldedTable, numbers } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { NothingAsked } from '../parts/nothing.js';
import { instants } from '../state/period.js';
import { count, day, decimal, inWords, percent, signedPercent } from '../words/format.js';

type Week = DriftQuery['insights']['drift'][number];

export function DriftSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Week by week"
        hint="Shift is the Jensen-Shannon divergence of a week’s types to those of all weeks before it in the period: 0 the same, 1 nothing in common. The first week has none; one of few requests moves by chance."
        operation={DriftDocument}
        variables={instants.value}
        isWide
        emptyText={({ insights }) =>
          insights.drift.every(({ requests, garmentsAdded }) => requests === 0 && garmentsAdded === 0) ? (
            <NothingAsked />
          ) : null
        }
        table={({ insights }) => ({
          columns: [
            { name: 'Week of' },
            ...numbers('Requests', 'Shift of requests', 'Garments added', 'Shift of the catalog'),
          ],
          rows: insights.drift.map((one) => [
            one.week,
            count(one.requests),
            shiftText(one.requestShift),
            count(one.garmentsAdded),
            shiftText(one.catalogShift),
          ]),
        })}
      >
        {({ insights }) => <Weeks weeks={insights.drift} />}
      </Figure>
    </div>
  );
}

function shiftText(shift: number | null): string {
  return shift === null ? '–' : decimal(shift);
}

function Weeks({ weeks }: { weeks: Week[] }): JSX.Element {
  const labels = weeks.map(({ week }) => day(week));
  return (
    <>
      <div class="beside">
        <ChartCanvas
          label={`Requests and garments added in each of ${weeks.length} weeks`}
          height={240}
          of={weeks}
          configOf={({ kinds }) =>
            barChart(
              labels,
              [
                { label: 'Requests', color: kinds[0]!, data: weeks.map(({ requests }) => requests) },
                { label: 'Garments added', color: kinds[1]!, data: weeks.map(({ garmentsAdded }) => garmentsAdded) },
              ],
              { format: count },
            )
          }
        />
        <ChartCanvas
          label={`How far requests and catalog moved in each of ${weeks.length} weeks`}
          height={240}
          of={weeks}
          configOf={({ kinds }) =>
            lineChart(
              labels,
              [
                { label: 'Shift of requests', color: kinds[0]!, data: weeks.map(({ requestShift }) => requestShift) },
                {
                  label: 'Shift of the catalog',
                  color: kinds[1]!,
                  data: weeks.map(({ catalogShift }) => catalogShift),
                },
              ],
              { format: decimal, max: 0.2 },
            )
          }
        />
      </div>
      <Asked weeks={weeks} />
    </>
  );
}

/** What was asked for more or less in one week than before. */
function Asked({ weeks }: { weeks: Week[] }): JSX.Element | null {
  const comparable = weeks.filter(({ asked }) => asked.length > 0);
  const [chosen, choose] = useState<string | null>(null);
  const week = comparable.find((one) => one.week === chosen) ?? comparable.at(-1);
  if (!week) return null;
  return (
    <>
      <h3>
        <label>
          Asked for in the week of{' '}
          <select value={week.week} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {comparable.map((one) => (
              <option key={one.week}>{one.week}</option>
            ))}
          </select>
        </label>
      </h3>
      <ChartCanvas
        label={`Shares of the types in the week of ${week.week}, and before`}
        height={60 + 34 * week.asked.length}
        of={week}
        configOf={({ kinds, plain }) =>
          barChart(
            week.asked.map(({ kind }) => inWords(kind)),
            [
              { label: 'This week', color: kinds[0]!, data: week.asked.map(({ share }) => share) },
              { label: 'All weeks before', color: plain, data: week.asked.map(({ earlier }) => earlier) },
            ],
            { format: percent, isLevel: true },
          )
        }
      />
      <FoldedTable
        caption={`Asked for in the week of ${week.week}`}
        table={{
          columns: [{ name: 'Type' }, ...numbers('This week', 'Before', 'Change')],
          rows: week.asked.map(({ kind, share, earlier }) => [
            inWords(kind),
            percent(share),
            percent(earlier),
            signedPercent(share - earlier),
          ]),
        }}
      />
    </>
  );
}
