// A hook that runs one operation for a part of the page.
import { useEffect, useState } from 'preact/hooks';
import type { ApiError } from '../../../../client/api.error.js';
import type { Operation } from '../../../../client/client.js';
import { api } from '../../shared/api.js';
import { failureOf, wasAborted } from '../../shared/failure.js';
import { isRefusal, keyVersion, refusal } from './lock.js';

/** The state of a query. The old data stay until the new ones arrive. */
export interface QueryState<Data> {
  data: Data | null;
  failure: ApiError | null;
  isBusy: boolean;
  retry: () => void;
}

/**
 * Runs the operation, and again after a change of its variables. A new request aborts the previous one.
 * @param byGet true for catalog data, whose responses the browser may cache
 */
export function useQuery<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  byGet = false,
): QueryState<Data> {
  const [state, setState] = useState<Omit<QueryState<Data>, 'retry'>>({ data: null, failure: null, isBusy: true });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const aborter = new AbortController();
    setState(({ data }) => ({ data, failure: null, isBusy: true }));
    api
      .ask(operation, variables, { signal: aborter.signal, byGet })
      .then((data) => setState({ data, failure: null, isBusy: false }))
      .catch((thrown: unknown) => {
        if (wasAborted(thrown)) return;
        const failure = failureOf(thrown);
        if (isRefusal(failure)) refusal.value = failure;
        setState({ data: null, failure, isBusy: false });
      });
    return () => aborter.abort();
  }, [operation, JSON.stringify(variables), keyVersion.value, tries]);

  return { ...state, retry: () => setTries((count) => count + 1) };
}
