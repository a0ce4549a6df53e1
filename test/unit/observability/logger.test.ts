// Keys in log lines are replaced, wherever they are.
import { createLogger } from '../../../src/observability/logger.js';

const KEY = `fr_admin_${'k'.repeat(43)}`;

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  expect(() => JSON.parse(lines[0]!) as unknown).not.toThrow();
  return lines[0]!;
}

describe('the log', () => {
  it.each([
    ['in a message', (logger: ReturnType<typeof createLogger>) => logger.info(`whose key is ${KEY}?`)],
    [
      'in a value',
      (logger: ReturnType<typeof createLogger>) => logger.info({ path: `/${KEY}`, other: [KEY, KEY] }, 'x'),
    ],
    ['in an error', (logger: ReturnType<typeof createLogger>) => logger.error({ err: new Error(`bad: ${KEY}`) }, 'x')],
    ['in a child’s name', (logger: ReturnType<typeof createLogger>) => logger.child({ requestId: KEY }).info('x')],
  ])('replaces a key %s', (_where, write) => {
    const line = logged(write);
    expect(line).not.toContain('kkk');
    expect(line).toContain('a key');
  });

  it.each([{ headers: { authorization: 'Bearer any-secret' } }, { req: { headers: { authorization: 'any-secret' } } }])(
    'redacts the authorization header: %j',
    (value) => {
      expect(logged((logger) => logger.info(value, 'x'))).not.toContain('any-secret');
    },
  );
});
