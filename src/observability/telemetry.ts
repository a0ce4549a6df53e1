// Sends traces to an OpenTelemetry collector, where one is named. The SDK is loaded only then: 40 ms and 15 MB that nobody
// else pays. Beside its address the SDK's own variables hold: OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS.
import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { Config } from '../config.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import type { Logger } from './logger.js';

/** A stop waits no longer than this for the last spans. */
const LAST_WITHIN_MS = 3_000;

/** @returns what sends the last spans and ends it */
export async function startTelemetry(
  { tracesUrl }: Pick<Config, 'tracesUrl'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): Promise<() => Promise<void>> {
  if (tracesUrl === null) return async () => {};
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  // a collector that is away costs its spans and a line of the log, never a request
  const warn = (message: string): void => logger.warn({ reason: message.slice(0, 300) }, 'traces could not be sent');
  const quiet = (): void => undefined;
  diag.setLogger({ error: warn, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.ERROR);
  const provider = new NodeTracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': 'fitroom' }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl }), { maxQueueSize: MEMORY_BOUNDS.spans.entries }),
    ],
  });
  // async contexts and W3C headers
  provider.register();
  logger.info({ to: new URL(tracesUrl).host }, 'traces are sent');
  return async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_WITHIN_MS).unref());
    await Promise.race([provider.shutdown().catch(quiet), late]);
  };
}
