// Spans: what was done, for how long, within what. Nothing of it runs until telemetry.ts has put something behind the API, and
// nothing that a shopper, a merchant or a key has said may become an attribute: words, pictures, filters, values of statements
// and messages of errors stay out.
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
/** Clients choose names of operations and ids of requests, and some of them choose a key. */
const KEYS = new RegExp(KEY_TEXT.source, 'g');

export interface SpanOptions {
  kind?: 'SERVER' | 'CLIENT' | 'CONSUMER';
  /** Ids, names of parts, counts. */
  attributes?: Attributes;
}

/** Runs `work` as one span of the trace that is under way, or as the first of a new one. */
export async function traced<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { kind, attributes = {} } = options;
  const begun = { kind: kind && SpanKind[kind], attributes: withoutKeys(attributes) };
  return tracer.startActiveSpan(name, begun, async (span) => {
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

/** As `traced`, but only within a trace: what idle processes ask their database every second makes none. */
export function tracedWithin<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return trace.getActiveSpan() === undefined ? work() : traced(name, options, work);
}

/** Says more of the span that is under way. */
export function annotate(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(withoutKeys(attributes));
}

/** The trace that is under way, where it is recorded: 32 hexadecimal digits. */
export function traceId(): string | undefined {
  const span = trace.getActiveSpan();
  return span?.isRecording() ? span.spanContext().traceId : undefined;
}

/** Runs `work` within the trace that a caller's headers name (W3C Trace Context). */
export function withTraceParent<T>(headers: Record<string, unknown>, work: () => T): T {
  const from: Context = propagation.extract(context.active(), headers);
  return context.with(from, work);
}

/** Of an error its code or its kind: messages may hold what was asked. */
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
