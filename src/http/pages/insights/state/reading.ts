// One operation's answer for a part of the page, asked again where its variables change. A newer request takes the place of an
// older one; until its answer is there the old one stays.
import { useEffect, useState } from 'preact/hooks';
import type { ApiError } from '../../../../client/api.error.js';
import type { Operation } from '../../../../client/client.js';
import { api } from '../../shared/api.js';
import { failureOf, wasAborted } from '../../shared/failure.js';
import { isRefusal, keysGiven, refusal } from './lock.js';

export interface Reading<Data> {
  data: Data | null;
  failure: ApiError | null;
  isBusy: boolean;
  again: () => void;
}

/** @param byGet for the catalog, whose answers the browser may keep */
export function useReading<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  byGet = false,
): Reading<Data> {
  const [read, setRead] = useState<Omit<Reading<Data>, 'again'>>({ data: null, failure: null, isBusy: true });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const aborter = new AbortController();
    setRead(({ data }) => ({ data, failure: null, isBusy: true }));
    api
      .ask(operation, variables, { signal: aborter.signal, byGet })
      .then((data) => setRead({ data, failure: null, isBusy: false }))
      .catch((thrown: unknown) => {
        if (wasAborted(thrown)) return;
        const failure = failureOf(thrown);
        if (isRefusal(failure)) refusal.value = failure;
        setRead({ data: null, failure, isBusy: false });
      });
    return () => aborter.abort();
  }, [operation, JSON.stringify(variables), keysGiven.value, tries]);

  return { ...read, again: () => setTries((count) => count + 1) };
}
