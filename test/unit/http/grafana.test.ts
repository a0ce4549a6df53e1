// The dashboard of docs/grafana against what the server measures: a panel of a metric that is not there stays empty for ever.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../src/config.js';
import { createMetrics } from '../../../src/http/metrics.js';

interface Panel {
  title: string;
  type: string;
  description?: string;
  targets?: { expr: string }[];
}
const dashboard = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs/grafana/fitroom.json'), 'utf8')) as {
  panels: Panel[];
};
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const expressions = panels.flatMap(({ targets }) => targets!.map(({ expr }) => expr));

/** What a scrape adds to every series. */
const SCRAPED = ['instance', 'job', 'le'];

/** Labels by the name of each metric, as GET /metrics gives them. */
function measured(): Map<string, string[]> {
  const metrics = createMetrics();
  metrics.watchPool({ totalCount: 1, idleCount: 1, waitingCount: 0 });
  metrics.watchModels(() => ['a']);
  const all = metrics.registry.getMetricsAsArray();
  return new Map(all.map((metric) => [metric.name, (metric as unknown as { labelNames: string[] }).labelNames]));
}

const plain = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');

it('asks only for metrics that the server has, by labels that they have', () => {
  const metrics = measured();
  const wrong = expressions.flatMap((expr) => {
    const names = [...new Set(expr.match(/fitroom_\w+/g))];
    const labels = [
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/,\s*/)),
      ...[...expr.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label!),
    ].filter((label) => !SCRAPED.includes(label));
    return names.flatMap((name) => {
      const known = metrics.get(plain(name));
      if (!known) return [`${name} is not measured`];
      return labels.filter((label) => !known.includes(label)).map((label) => `${name} has no label ${label}`);
    });
  });
  expect(wrong).toEqual([]);
});

it('shows every metric that is fitroom’s own', () => {
  const own = [...measured().keys()].filter((name) => !/^fitroom_(process|nodejs)_/.test(name));
  const shown = new Set(expressions.flatMap((expr) => expr.match(/fitroom_\w+/g)).map((name) => plain(String(name))));
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

it('says of every panel what it shows', () => {
  expect(panels.filter(({ description }) => !description || description.length < 20)).toEqual([]);
});
