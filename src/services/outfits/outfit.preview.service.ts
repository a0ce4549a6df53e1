// The picture of a look: its pieces' stored pictures, each of the content that was asked for, laid out together. Knows neither
// addresses nor rules of what goes together.
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { BoundedQueue } from '../../memory/bounded.queue.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { flatLay } from '../../pictures/compose/flat.lay.js';
import type { ImageRepository } from '../../store/image.repository.js';

/** Pictures that are drawn at once: one takes a quarter of a second of a core. */
const AT_ONCE = 2;
/** The names of up to ten pieces and the promises of whoever waits. */
const DRAWING_BYTES = 4_000;

export interface ItemPicture {
  slot: OutfitSlot;
  garmentId: string;
  /** Whether a picture of this hash is the one that is meant. */
  isMeant: (hash: string) => boolean;
}

export class OutfitPreviewService {
  private readonly drawings = new BoundedQueue(MEMORY_BOUNDS.lookDrawings, AT_ONCE);

  constructor(private readonly images: Pick<ImageRepository, 'findAll'>) {}

  /**
   * A PNG, or null where the store lacks one of the pictures.
   * @param width pixels
   * @throws FitroomError SERVER_BUSY if too many wait for theirs
   */
  async draw(ctx: StoreContext, pieces: readonly ItemPicture[], width: number): Promise<Uint8Array | null> {
    return this.drawings.run(DRAWING_BYTES, async () => {
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
