// What `npm run test:long` runs: the pages in a real browser, and whole commands that take their minute.
import suite from './jest.config.mjs';

export default {
  ...suite,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts', '<rootDir>/test/long/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
