// Configuration of `npm run test:long`: pages in a real browser, commands, server processes, and slow tests.
import suite from './jest.config.mjs';

export default {
  ...suite,
  testMatch: [
    '<rootDir>/test/browser/**/*.test.ts',
    '<rootDir>/test/commands/**/*.test.ts',
    '<rootDir>/test/long/**/*.test.ts',
    '<rootDir>/test/processes/**/*.test.ts',
    '<rootDir>/test/slow/**/*.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/support/slowest.first.cjs',
};
