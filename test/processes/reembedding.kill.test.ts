// A re-embedding whose server is killed and started again.
// The test ages the jobs by a minute. test/long waits for that minute.
import { expectReembeddingContinues } from '../support/killed.switch.js';

it('a re-embedding continues after the server is killed, and switches when every garment is embedded', async () => {
  await expectReembeddingContinues({ garments: 150, isMinuteSkipped: true });
}, 300_000);
