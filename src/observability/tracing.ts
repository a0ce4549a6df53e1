// Spans of traces. They are recorded only after telemetry.ts has registered a provider.
// Attributes hold no input of users: no text, pictures, filters, keys, SQL values or error messages.
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type AttributeValue,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { KEY_TEXT } from '../domain/access/caller.js';
import { FitroomError } from '../errors.js';

const tracer = trace.getTracer('fitroom');
/** Clients choose operation names and request ids, and some put a key in them. */
const KEYS = new RegExp(KEY_TEXT.source, 'g');

export interface SpanOptions {
  kind?: 'SERVER' | 'CLIENT' | 'CONSUMER';
  /** Ids, names of components, counts. */
  attributes?: Attributes;
}

/** Runs `work` as a span of the current trace, or as the root of a new trace. */
export async function traced<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { kind, attributes = {} } = options;
  const spanOptions = { kind: kind && SpanKind[kind], attributes: withoutKeys(attributes) };
  return tracer.startActiveSpan(name, spanOptions, async (span) => {
    try {
      return await work();
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Like `traced`, but creates no new trace: the polling of idle processes would create one every second. */
export function tracedWithin<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return trace.getActiveSpan() === undefined ? work() : traced(name, options, work);
}

/** Adds attributes to the current span. */
export function annotate(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(withoutKeys(attributes));
}

/** Returns the id of the current trace, 32 hexadecimal digits. Undefined unless the trace is recorded. */
export function traceId(): string | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() ? span.spanContext().traceId : undefined;
}

/** Runs `work` within the trace of a caller's headers (W3C Trace Context). */
export function withTraceParent<T>(headers: Record<string, unknown>, work: () => T): T {
  const parent: Context = propagation.extract(context.active(), headers);
  return context.with(parent, work);
}

/** Records the code or the class of an error, but not its message, which may contain user input. */
function markFailed(span: Span, error: unknown): void {
  const type = error instanceof FitroomError ? error.code : error instanceof Error ? error.name : typeof error;
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function withoutKeys(attributes: Attributes): Attributes {
  const clean = (value: AttributeValue | undefined): AttributeValue | undefined =>
    typeof value === 'string' ? value.replace(KEYS, 'a key') : value;
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, clean(value)]));
}
