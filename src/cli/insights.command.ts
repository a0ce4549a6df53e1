// Command `fitroom insights`, which writes analyst reports as CSV or JSON lines.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { CommandModule } from 'yargs';
import { CannotRun } from './exit.js';
import { REPORT_NAMES, REPORTS, type ReportName } from './insights/reports.js';
import { FORMATS, formatted, type RowFormat } from './insights/row.formats.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

interface InsightsArguments extends ServerArguments {
  report: ReportName;
  from: string | undefined;
  to: string | undefined;
  format: RowFormat;
  out: string | undefined;
}

export const insightsCommand: CommandModule<object, InsightsArguments> = {
  command: 'insights <report>',
  describe: 'Write an analyst report as CSV or JSON lines',
  builder: (yargs) =>
    withServer(yargs)
      .positional('report', {
        choices: REPORT_NAMES,
        demandOption: true,
        describe: REPORT_NAMES.map((name) => `${name}: ${REPORTS[name].describes}`).join('; '),
      })
      .option('from', { type: 'string', describe: 'Start as ISO 8601 date or time, inclusive; default: 30 days ago' })
      .option('to', { type: 'string', describe: 'End as ISO 8601 date or time, exclusive; default: now' })
      .option('format', {
        choices: FORMATS,
        default: FORMATS[0],
        describe: 'csv, or jsonl with types and lists',
      })
      .option('out', { type: 'string', describe: 'Output file; default: standard output' })
      .example('$0 insights gaps', 'unmet requests of shoppers, as CSV')
      .example('$0 insights answers --from 2026-05-01 --format jsonl --out may.jsonl', 'for DuckDB or pandas'),
  handler: async ({ report, from, to, format, out, ...server }) => {
    const period = { from: instantOf('--from', from), to: instantOf('--to', to) };
    const table = formatted(REPORTS[report].rows(clientOf(server), period), format);
    if (out === undefined) await pipeline(table, process.stdout, { end: false });
    else await pipeline(table, createWriteStream(out));
  },
};

function instantOf(option: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) throw new CannotRun(`${option} ${value} is not a date or time such as 2026-05-01.`);
  return time.toISOString();
}
