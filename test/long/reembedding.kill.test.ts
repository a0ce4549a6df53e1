// A re-embedding whose server is killed and started at once.
import { expectReembeddingContinues } from '../support/killed.switch.js';

const GARMENTS = Number(process.env['FITROOM_SWITCH_GARMENTS'] ?? 250);

it('a re-embedding continues within 90 seconds after the server is killed, and switches when every garment is embedded', async () => {
  await expectReembeddingContinues({ garments: GARMENTS, isMinuteSkipped: false });
}, 600_000);
