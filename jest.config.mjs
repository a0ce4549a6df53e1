// What `npm test` runs. Browsers, commands, servers that are started and killed, and what takes its minute are in
// jest.long.config.mjs.
// as it is served: what graphql checks in development only takes 4 % of the suite
process.env.NODE_ENV = 'production';

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/browser/', '/test/commands/', '/test/long/', '/test/processes/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // the package's own client, from its sources
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
  // two cores; each worker may hold an embedded database (300 MB) and an inference session
  maxWorkers: 2,
  testTimeout: 30_000,
};
