// A server that requires an API key.
import { withApp } from '../support/app.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const KEY = 'a-key-for-tests-only';
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, adminKey: KEY } });

const request = (headers: Record<string, string>, path = '/graphql'): Promise<Response> =>
  fetch(server.app.url + path, {
    ...(path === '/graphql' ? { method: 'POST', body: '{"query":"{ model { id } }"}' } : {}),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a server with an admin key', () => {
  it('answers a request with the key', async () => {
    const response = await request({ authorization: `Bearer ${KEY}` });
    expect(await response.json()).toMatchObject({ data: { model: { id: expect.any(String) } } });
    expect((await request({ authorization: `Bearer ${KEY}` }, '/metrics')).status).toBe(200);
  });

  it.each(['', 'Bearer', `Bearer ${KEY}x`, `Basic ${KEY}`, KEY])(
    'refuses the authorization %j without a hint to the key',
    async (authorization) => {
      const addresses = ['/graphql', '/metrics', '/graphql/', '/graphql?query=%7Bmodel%7Bid%7D%7D'];
      // Percent-encoded spellings lead to the same routes.
      for (const path of [...addresses, '/%67raphql', '/%6detrics', '/graph%71l?query=%7Bmodel%7Bid%7D%7D']) {
        const response = await request(authorization ? { authorization } : {}, path);
        expect([path, response.status]).toEqual([path, 401]);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        const text = await response.text();
        expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
        expect(text).not.toContain(KEY);
      }
    },
  );

  it.each(['/health/live', '/health/ready', '/', '/playground'])('serves %s to everyone', async (path) => {
    expect((await request({}, path)).status).toBe(200);
  });
});
