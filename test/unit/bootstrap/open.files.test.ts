// The open files that a start needs.
import { StartupError } from '../../../src/errors.js';
import { filesForConnections, requireOpenFiles } from '../../../src/bootstrap/open.files.js';

const embedded = { databaseUrl: null, databasePoolSize: 10 };
const postgres = { databaseUrl: 'postgres://127.0.0.1/fitroom', databasePoolSize: 10 };

describe('the limit of open files', () => {
  it('ends a start that would have none left for clients, with the number that is needed', () => {
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

  it('leaves connections what the process itself does not need', () => {
    expect(filesForConnections(embedded, 1024)).toBe(124);
    expect(filesForConnections(postgres, Infinity)).toBe(Infinity);
  });
});
