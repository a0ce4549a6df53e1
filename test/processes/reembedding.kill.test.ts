// A server that is killed in the middle of a re-embedding, and started a minute later: test/long has one that is started at
// once and waits for that minute.
import { goesOnAfterKill } from '../support/killed.switch.js';

it('goes on where it was, and switches with every garment embedded', async () => {
  await goesOnAfterKill({ garments: 150, isSilenceSpedUp: true });
}, 300_000);
