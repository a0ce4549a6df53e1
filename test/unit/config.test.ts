import { readConfig } from '../../src/config.js';
import { StartupError } from '../../src/errors.js';

describe('settings', () => {
  it('have defaults that need nothing, and take an empty variable for "not set"', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: null,
    });
    expect(readConfig({})).toMatchObject({ execution: 'auto', sampleCatalog: true, adminKey: null });
  });

  it('let other machines in only with a key', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(StartupError);
    expect(readConfig({ HOST: '0.0.0.0', FITROOM_ADMIN_KEY: 'sixteen-characters' }).host).toBe('0.0.0.0');
  });

  it('that are wrong are all named, and their values are not repeated', () => {
    const wrong = {
      PORT: '70000',
      FITROOM_EXECUTION: 'tpu',
      FITROOM_ADMIN_KEY: 'short',
      DATABASE_URL: 'mysql://secret',
    };
    expect(() => readConfig(wrong)).toThrow(/PORT[^]*DATABASE_URL[^]*FITROOM_EXECUTION[^]*FITROOM_ADMIN_KEY/);
    expect(() => readConfig(wrong)).not.toThrow(/secret|short/);
  });

  it('name a bundle only inside models/', () => {
    expect(() => readConfig({ FITROOM_MODEL: '../../etc' })).toThrow(/FITROOM_MODEL/);
  });
});
