// The picture of a look: its pieces' stored pictures, each of the content that was asked for, laid out together. Knows neither
// addresses nor rules of what goes together.
import pLimit from 'p-limit';
import type { OutfitSlot } from '../domain/outfit/slot.js';
import type { StoreContext } from '../domain/store.context.js';
import { FitroomError } from '../errors.js';
import { flatLay } from '../pictures/flat.lay.js';
import type { ImageRepository } from '../store/image.repository.js';

/** Pictures laid out at once and waiting: one takes a quarter of a second of a core, and nobody waits for a hundred. */
const AT_ONCE = 2;
const MOST_WAITING = 40;

export interface PictureOfPiece {
  slot: OutfitSlot;
  garmentId: string;
  /** Whether a picture of this hash is the one that is meant. */
  isMeant: (hash: string) => boolean;
}

export class LookPictureService {
  private readonly limit = pLimit(AT_ONCE);

  constructor(private readonly images: Pick<ImageRepository, 'findAll'>) {}

  /**
   * A PNG, or null where the store lacks one of the pictures.
   * @param width pixels
   * @throws FitroomError SERVICE_UNAVAILABLE where too many wait for theirs
   */
  async draw(ctx: StoreContext, pieces: readonly PictureOfPiece[], width: number): Promise<Uint8Array | null> {
    if (this.limit.pendingCount >= MOST_WAITING) throw new FitroomError('SERVICE_UNAVAILABLE');
    return this.limit(async () => {
      const ids = pieces.map(({ garmentId }) => garmentId);
      const images = await this.images.findAll(ctx, ids);
      const found = pieces.flatMap(({ slot, garmentId, isMeant }) => {
        const image = images.get(garmentId);
        return image && isMeant(image.hash) ? [{ slot, picture: image.bytes }] : [];
      });
      return found.length === pieces.length ? flatLay(found, width) : null;
    });
  }
}
