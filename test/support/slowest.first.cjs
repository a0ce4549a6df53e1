// Order of the long tests: slow files first, so that no worker starts one of them last.
const Sequencer = require('@jest/test-sequencer').default;

const SLOWEST = [
  'long/server.fuzz',
  'browser/',
  'long/upserts.kill',
  'long/inference.execution',
  'long/abandoned.work',
];

const rank = ({ path }) => {
  const position = SLOWEST.findIndex((part) => path.includes(`/test/${part}`));
  return position < 0 ? SLOWEST.length : position;
};

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
