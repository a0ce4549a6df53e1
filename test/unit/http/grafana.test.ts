// Checks the dashboard in docs/grafana against the server's metrics. A panel with an unknown metric would stay empty.
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

/** Labels that Prometheus adds to every series. */
const SCRAPE_LABELS = ['instance', 'job', 'le'];

/** Returns the labels of each metric in GET /metrics, by metric name. */
function metricLabels(): Map<string, string[]> {
  const metrics = createMetrics();
  metrics.watchPool({ totalCount: 1, idleCount: 1, waitingCount: 0 });
  metrics.watchModels(() => ['a']);
  const all = metrics.registry.getMetricsAsArray();
  return new Map(all.map((metric) => [metric.name, (metric as unknown as { labelNames: string[] }).labelNames]));
}

const baseName = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');

it('the dashboard queries only metrics and labels that the server exports', () => {
  const metrics = metricLabels();
  const wrong = expressions.flatMap((expr) => {
    const names = [...new Set(expr.match(/fitroom_\w+/g))];
    const labels = [
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/,\s*/)),
      ...[...expr.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label!),
    ].filter((label) => !SCRAPE_LABELS.includes(label));
    return names.flatMap((name) => {
      const known = metrics.get(baseName(name));
      if (!known) return [`${name} does not exist`];
      return labels.filter((label) => !known.includes(label)).map((label) => `${name} has no label ${label}`);
    });
  });
  expect(wrong).toEqual([]);
});

it('the dashboard shows every metric that fitroom defines', () => {
  const own = [...metricLabels().keys()].filter((name) => !/^fitroom_(process|nodejs)_/.test(name));
  const shown = new Set(
    expressions.flatMap((expr) => expr.match(/fitroom_\w+/g)).map((name) => baseName(String(name))),
  );
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

it('every panel has a description of at least 20 characters', () => {
  expect(panels.filter(({ description }) => !description || description.length < 20)).toEqual([]);
});
