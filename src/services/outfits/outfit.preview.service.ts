// The picture of an outfit: the stored pictures of its items, laid out side by side.
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { BoundedQueue } from '../../memory/bounded.queue.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { flatLay } from '../../pictures/compose/flat.lay.js';
import type { ImageRepository } from '../../store/image.repository.js';

/** Pictures drawn at the same time. One takes a quarter of a second of a core. */
const CONCURRENCY = 2;
/** Memory of a queued request: the names of up to ten items, and the promises of the waiting callers. */
const DRAWING_BYTES = 4_000;

export interface ItemPicture {
  slot: OutfitSlot;
  garmentId: string;
  /** Returns whether a stored picture with this hash is the requested one. */
  isMeant: (hash: string) => boolean;
}

export class OutfitPreviewService {
  private readonly drawings = new BoundedQueue(MEMORY_BOUNDS.lookDrawings, CONCURRENCY);

  constructor(private readonly images: Pick<ImageRepository, 'findAll'>) {}

  /**
   * Returns a PNG. Null if the store lacks one of the pictures.
   * @param width pixels
   * @throws FitroomError SERVER_BUSY if too many requests wait
   */
  async draw(ctx: StoreContext, items: readonly ItemPicture[], width: number): Promise<Uint8Array | null> {
    return this.drawings.run(DRAWING_BYTES, async () => {
      const ids = items.map(({ garmentId }) => garmentId);
      const images = await this.images.findAll(ctx, ids);
      const pictures = items.flatMap(({ slot, garmentId, isMeant }) => {
        const image = images.get(garmentId);
        return image && isMeant(image.hash) ? [{ slot, picture: image.bytes }] : [];
      });
      return pictures.length === items.length ? flatLay(pictures, width) : null;
    });
  }
}
