// Cost and quality of drawing the catalog map of a store: time, CPU time, event loop delay, trustworthiness,
// and how far a second drawing moves the garments that the first one placed.
//   DATABASE_URL=… npx tsx bench/catalog.map.ts STORE
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '../src/config.js';
import { openContainer } from '../src/bootstrap/container.js';
import { createLogger } from '../src/observability/logger.js';

const storeId = process.argv[2] ?? 'default';
const config = { ...readConfig(), workers: 0 };
const core = await openContainer({ config, logger: createLogger('warn') });
const { database, own } = core;
const positions = async (): Promise<Map<string, { x: number; y: number }>> => {
  const rows = await database.query<{ id: string; x: number; y: number }>(
    'select garment_id as id, x, y from garment_positions where store_id = $1 and model = $2',
    [storeId, own.encoders.bundle.id],
  );
  return new Map(rows.map(({ id, ...position }) => [id, position]));
};

for (const run of ['first', 'next']) {
  // the second run finds an old map with one changed garment
  if (run === 'first') await database.query('delete from catalog_maps where store_id = $1', [storeId]);
  if (run === 'first') await database.query('delete from garment_positions where store_id = $1', [storeId]);
  else {
    await database.query("update catalog_maps set drawn_at = now() - interval '2 days' where store_id = $1", [storeId]);
    await database.query(
      `update garment_positions set features_hash = 0
       where store_id = $1 and garment_id = (select min(garment_id) from garment_positions where store_id = $1)`,
      [storeId],
    );
  }
  const before = await positions();
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const cpu = process.cpuUsage();
  const started = performance.now();
  loop.enable();
  await own.map.keepUp({ storeId });
  loop.disable();
  const used = process.cpuUsage(cpu);
  const [map] = await database.query<{ drawn: number; trustworthiness: number }>(
    'select drawn, trustworthiness from catalog_maps where store_id = $1',
    [storeId],
  );
  const after = await positions();
  const distances = [...before].map(([id, { x, y }]) => Math.hypot(x - after.get(id)!.x, y - after.get(id)!.y));
  const width = Math.max(...[...after.values()].map(({ x }) => x)) - Math.min(...[...after.values()].map(({ x }) => x));
  const moved = distances.sort((a, b) => a - b)[distances.length >> 1] ?? null;
  console.log({
    storeId,
    run,
    ...map,
    seconds: (performance.now() - started) / 1_000,
    processorSeconds: (used.user + used.system) / 1_000_000,
    loopMs: { p50: loop.percentile(50) / 1e6, p99: loop.percentile(99) / 1e6, max: loop.max / 1e6 },
    movedInWidths: moved === null ? null : moved / width,
  });
}
await core.close();
