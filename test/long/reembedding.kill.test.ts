// A server that is killed in the middle of a re-embedding: the next one goes on where it was, and nothing is missing.
import { goesOnAfterKill } from '../support/killed.switch.js';

const GARMENTS = Number(process.env['FITROOM_SWITCH_GARMENTS'] ?? 250);

it('goes on within a minute and a half where it was, and switches with every garment embedded', async () => {
  await goesOnAfterKill({ garments: GARMENTS, isSilenceSpedUp: false });
}, 600_000);
