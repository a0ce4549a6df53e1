// What `npm run test:long` runs: the pages in a real browser, commands and servers in processes of their own, and what takes
// its minute.
import suite from './jest.config.mjs';

export default {
  ...suite,
  testMatch: [
    '<rootDir>/test/browser/**/*.test.ts',
    '<rootDir>/test/commands/**/*.test.ts',
    '<rootDir>/test/long/**/*.test.ts',
    '<rootDir>/test/processes/**/*.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/'],
};
