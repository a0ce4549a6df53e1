// Configuration of `npm run test:endurance`: tests that take minutes each. Neither `npm test` nor CI runs them.
import suite from './jest.config.mjs';

export default {
  ...suite,
  testMatch: ['<rootDir>/test/endurance/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // one at a time, since they measure time and memory
  maxWorkers: 1,
};
