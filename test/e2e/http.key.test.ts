// A server that is guarded by a key.
import { withApp } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const KEY = 'a-key-for-tests-only';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: KEY } });

const ask = (headers: Record<string, string>, path = '/graphql'): Promise<Response> =>
  fetch(server.app.url + path, {
    ...(path === '/graphql' ? { method: 'POST', body: '{"query":"{ model { id } }"}' } : {}),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a guarded server', () => {
  it('answers who brings the key', async () => {
    const response = await ask({ authorization: `Bearer ${KEY}` });
    expect(await response.json()).toMatchObject({ data: { model: { id: expect.any(String) } } });
    expect((await ask({ authorization: `Bearer ${KEY}` }, '/metrics')).status).toBe(200);
  });

  it.each(['', 'Bearer', `Bearer ${KEY}x`, `Basic ${KEY}`, KEY])('refuses %j without a hint', async (authorization) => {
    const addresses = ['/graphql', '/metrics', '/graphql/', '/graphql?query=%7Bmodel%7Bid%7D%7D'];
    // spelled otherwise, they lead to the same places
    for (const path of [...addresses, '/%67raphql', '/%6detrics', '/graph%71l?query=%7Bmodel%7Bid%7D%7D']) {
      const response = await ask(authorization ? { authorization } : {}, path);
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      expect(text).not.toContain(KEY);
    }
  });

  it.each(['/health/live', '/health/ready', '/', '/playground'])('shows %s to everyone', async (path) => {
    expect((await ask({}, path)).status).toBe(200);
  });
});
