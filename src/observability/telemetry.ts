// Export of traces to an OpenTelemetry collector, if one is configured. The SDK (40 ms, 15 MB) loads only then.
// The SDK also reads OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS.
import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { Config } from '../config.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import type { Logger } from './logger.js';

/** Maximum time to send the last spans when the process stops. */
const FLUSH_WITHIN_MS = 3_000;

/** Starts the export. Returns a function that sends the last spans and ends it. */
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
  // an unavailable collector loses spans and writes a log line, but never fails a request
  const warn = (message: string): void => logger.warn({ reason: message.slice(0, 300) }, 'traces could not be sent');
  const ignore = (): void => undefined;
  diag.setLogger({ error: warn, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR);
  const provider = new NodeTracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': 'fitroom' }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl }), { maxQueueSize: MEMORY_BOUNDS.spans.entries }),
    ],
  });
  // registers the context manager and the W3C propagator
  provider.register();
  logger.info({ to: new URL(tracesUrl).host }, 'traces are sent');
  return async () => {
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_WITHIN_MS).unref());
    await Promise.race([provider.shutdown().catch(ignore), timeout]);
  };
}
