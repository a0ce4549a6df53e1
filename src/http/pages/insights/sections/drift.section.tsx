// The drift of requests and of the catalog from week to week.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { DriftDocument, type DriftQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart, lineChart } from '../charts/configs.js';
import { FoldedTable, numbers } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { NoRecommendations } from '../parts/empty.states.js';
import { instants } from '../state/period.js';
import { count, day, decimal, readable, percent, signedPercent } from '../words/format.js';

type Week = DriftQuery['insights']['drift'][number];

export function DriftSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Week by week"
        hint="Shift is the Jensen-Shannon divergence between the garment types of a week and those of all earlier weeks in the period: 0 means identical, 1 means nothing in common. The first week has no shift. With few requests, the shift is mostly chance."
        operation={DriftDocument}
        variables={instants.value}
        isWide
        emptyText={({ insights }) =>
          insights.drift.every(({ requests, garmentsAdded }) => requests === 0 && garmentsAdded === 0) ? (
            <NoRecommendations />
          ) : null
        }
        table={({ insights }) => ({
          columns: [
            { name: 'Week of' },
            ...numbers('Requests', 'Shift of requests', 'Garments added', 'Shift of the catalog'),
          ],
          rows: insights.drift.map((week) => [
            week.week,
            count(week.requests),
            shiftText(week.requestShift),
            count(week.garmentsAdded),
            shiftText(week.catalogShift),
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
      <div class="side-by-side">
        <ChartCanvas
          label={`Requests and garments added in each of ${weeks.length} weeks`}
          height={240}
          dependsOn={weeks}
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
          label={`Shift of requests and of the catalog in each of ${weeks.length} weeks`}
          height={240}
          dependsOn={weeks}
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
      <RequestedTypes weeks={weeks} />
    </>
  );
}

/** Compares the requested types of one week with the previous weeks. */
function RequestedTypes({ weeks }: { weeks: Week[] }): JSX.Element | null {
  const comparable = weeks.filter(({ asked }) => asked.length > 0);
  const [chosen, choose] = useState<string | null>(null);
  const week = comparable.find((candidate) => candidate.week === chosen) ?? comparable.at(-1);
  if (!week) return null;
  return (
    <>
      <h3>
        <label>
          Requested types in the week of{' '}
          <select value={week.week} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {comparable.map(({ week: name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </h3>
      <ChartCanvas
        label={`Shares of the types in the week of ${week.week}, and before`}
        height={60 + 34 * week.asked.length}
        dependsOn={week}
        configOf={({ kinds, plain }) =>
          barChart(
            week.asked.map(({ kind }) => readable(kind)),
            [
              { label: 'This week', color: kinds[0]!, data: week.asked.map(({ share }) => share) },
              { label: 'All earlier weeks', color: plain, data: week.asked.map(({ earlier }) => earlier) },
            ],
            { format: percent, isHorizontal: true },
          )
        }
      />
      <FoldedTable
        caption={`Requested types in the week of ${week.week}`}
        table={{
          columns: [{ name: 'Type' }, ...numbers('This week', 'Earlier weeks', 'Change')],
          rows: week.asked.map(({ kind, share, earlier }) => [
            readable(kind),
            percent(share),
            percent(earlier),
            signedPercent(share - earlier),
          ]),
        }}
      />
    </>
  );
}
