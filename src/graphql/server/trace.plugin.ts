// Data of each operation for the access log, metrics and traces; request and trace IDs on every error.
// The plugin never reads variables or results, because they may hold a photo of a shopper.
import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { BUSY_RETRY_SECONDS } from '../../errors.js';
import type { GraphQLContext, OperationTrace } from './context.js';
import { annotate, traceId } from '../../observability/tracing.js';
import { codesOf, isInternal } from './error.format.js';

const MAX_NAME = 100;

/** Called once for every operation, after its response is ready. */
export type OperationObserver = (operation: { type: OperationTrace['type']; failed: boolean; seconds: number }) => void;

export function tracePlugin(observe: OperationObserver): ApolloServerPlugin<GraphQLContext> {
  return {
    async requestDidStart({ contextValue }) {
      const started = performance.now();
      const { trace, log, requestId } = contextValue;
      return {
        async didResolveOperation({ operation, operationName }) {
          trace.name = operationName?.slice(0, MAX_NAME) ?? null;
          trace.type = operation?.operation ?? null;
        },
        async didEncounterErrors({ errors }) {
          for (const error of errors) {
            if (!isInternal(error)) continue;
            log.error(
              { err: unwrapResolverError(error), operation: trace.name, path: error.path },
              'a resolver failed',
            );
          }
        },
        async willSendResponse({ response }) {
          if (response.body.kind === 'single') {
            const { singleResult } = response.body;
            trace.errors = codesOf(singleResult.errors);
            singleResult.errors = singleResult.errors?.map((error) => ({
              ...error,
              extensions: { ...error.extensions, requestId, traceId: traceId() },
            }));
          }
          if (trace.errors.includes('SERVER_BUSY'))
            response.http.headers.set('retry-after', String(BUSY_RETRY_SECONDS));
          annotate({
            'graphql.operation.name': trace.name ?? undefined,
            'graphql.operation.type': trace.type ?? undefined,
            'fitroom.errors': trace.errors.length > 0 ? trace.errors : undefined,
          });
          const seconds = (performance.now() - started) / 1000;
          observe({ type: trace.type, failed: trace.errors.length > 0, seconds });
        },
      };
    },
  };
}
