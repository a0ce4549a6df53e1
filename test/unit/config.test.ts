// Settings from environment variables.
import { readConfig } from '../../src/config.js';
import { StartupError } from '../../src/errors.js';

describe('settings', () => {
  it('have defaults, also for an empty variable', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: null,
    });
    expect(readConfig({})).toMatchObject({ execution: 'auto', sampleCatalog: true, adminKey: null });
  });

  it('require a key to listen for other machines', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(StartupError);
    expect(readConfig({ HOST: '0.0.0.0', FITROOM_ADMIN_KEY: 'sixteen-characters' }).host).toBe('0.0.0.0');
  });

  it('name every invalid setting without its value', () => {
    const invalid = {
      PORT: '70000',
      FITROOM_EXECUTION: 'tpu',
      FITROOM_ADMIN_KEY: 'short',
      DATABASE_URL: 'mysql://secret',
    };
    expect(() => readConfig(invalid)).toThrow(/PORT[^]*DATABASE_URL[^]*FITROOM_EXECUTION[^]*FITROOM_ADMIN_KEY/);
    expect(() => readConfig(invalid)).not.toThrow(/secret|short/);
  });

  it('accept only a folder of models/ as the bundle', () => {
    expect(() => readConfig({ FITROOM_MODEL: '../../etc' })).toThrow(/FITROOM_MODEL/);
  });

  it.each([
    'foo',
    '*',
    'null',
    'ftp://shop.example',
    'https://shop.example/path',
    'https://u:p@shop.example',
    'https://',
  ])('refuse %s as an origin', (origin) => {
    for (const name of ['FITROOM_CORS_ORIGINS', 'FITROOM_PUBLIC_URL'])
      expect(() => readConfig({ [name]: origin })).toThrow(new RegExp(`${name} .*without a path\n`));
    expect(() => readConfig({ FITROOM_CORS_ORIGINS: `https://shop.example,${origin}` })).toThrow(StartupError);
  });

  it('normalize origins to the form that browsers send', () => {
    const { corsOrigins } = readConfig({
      FITROOM_CORS_ORIGINS: 'https://Shop.example/, http://127.0.0.1:5173,https://m.example:443,',
    });
    expect(corsOrigins).toEqual(['https://shop.example', 'http://127.0.0.1:5173', 'https://m.example']);
  });

  it.each([' ', '0x10', '1e3', '4000.5', '-1', '65536'])('refuse %j as a port', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/PORT must be a whole number from 0 to 65535/);
  });

  it('set a drain of 5 seconds only if other machines can connect', () => {
    const FITROOM_ADMIN_KEY = 'sixteen-characters';
    expect(readConfig({ FITROOM_ADMIN_KEY }).drainSeconds).toBe(0);
    expect(readConfig({ HOST: '0.0.0.0', FITROOM_ADMIN_KEY }).drainSeconds).toBe(5);
    expect(readConfig({ FITROOM_DRAIN_SECONDS: '30' }).drainSeconds).toBe(30);
  });
});
