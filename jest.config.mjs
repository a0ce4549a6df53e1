// Configuration of `npm test`. Browser, command, server process and slow tests are in jest.long.config.mjs.
// Production mode, because the extra checks of graphql in development take 4 % of the suite's time.
process.env.NODE_ENV = 'production';

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/browser/',
    '/test/commands/',
    '/test/endurance/',
    '/test/long/',
    '/test/processes/',
    '/test/slow/',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // the package's own client, resolved to its sources
    '^fitroom/client$': '<rootDir>/src/client/client',
    '^fitroom/client/(.*)$': '<rootDir>/src/client/$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  // for two cores; a worker can have an embedded database (300 MB) and an inference session
  maxWorkers: 2,
  // modules of finished files stay in memory, and collecting garbage among 2 GB of them doubles the time of a file
  workerIdleMemoryLimit: '900MB',
  testTimeout: 30_000,
};
