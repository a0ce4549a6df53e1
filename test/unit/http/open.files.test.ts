// The limit of open files at a start.
import { StartupError } from '../../../src/errors.js';
import { filesForConnections, requireOpenFiles } from '../../../src/http/open.files.js';

const embedded = { databaseUrl: null, databasePoolSize: 10 };
const postgres = { databaseUrl: 'postgres://127.0.0.1/fitroom', databasePoolSize: 10 };

describe('the limit of open files', () => {
  it('refuses a start without files for clients, and names the required number', () => {
    expect(() => requireOpenFiles(embedded, 620)).toThrow(StartupError);
    expect(() => requireOpenFiles(embedded, 620)).toThrow(/open 620 files; with the embedded database it needs 1000/);
    expect(() => requireOpenFiles(postgres, 200)).toThrow(/it needs 310/);
    expect(() => requireOpenFiles(embedded, 1024)).not.toThrow();
    expect(() => requireOpenFiles(postgres, 620)).not.toThrow();
  });

  it('is read from the system', () => {
    expect(() => requireOpenFiles(embedded)).not.toThrow();
    expect(filesForConnections(postgres)).toBeGreaterThan(100);
  });

  it('leaves the files that the process does not need to connections', () => {
    expect(filesForConnections(embedded, 1024)).toBe(124);
    expect(filesForConnections(postgres, Infinity)).toBe(Infinity);
  });
});
