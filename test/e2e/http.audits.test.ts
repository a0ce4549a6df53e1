// The audits of GraphQL over HTTP against a whole server.
import { serverAudits } from 'graphql-http';
import { withApp } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });

/**
 * All of one kind, and no MUST: to clients that accept only application/json a request that is no valid GraphQL should be
 * answered with 200. It is 400 here, so that proxies and logs see it as what it is.
 */
const NOT_OK = [
  '572B warn: SHOULD use 200 status code on document parsing failure when accepting application/json',
  'FDE2 warn: SHOULD use 200 status code on document validation failure when accepting application/json',
  '7B9B warn: SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
];

describe('GraphQL over HTTP', () => {
  it('passes every audit but the known ones', async () => {
    const audits = serverAudits({
      url: () => `${server.app.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' },
        }),
    });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    expect(results.length).toBe(61);
    const notOk = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status, name }) => `${id} ${status}: ${name}`);
    expect(notOk).toEqual(NOT_OK);
  });
});
