// What in the catalog is worth a second look, as it would be said of a garment that comes in now: pictures that contradict
// their words, and near-duplicates. Walks through the catalog a stretch at a time.
import type { Garment } from '../../domain/catalog/garment.js';
import { cursorParts, opaqueCursor } from '../../domain/shared/page.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Encoders } from '../../inference/encoders.js';
import type { CatalogScanRepository } from '../../store/catalog.scan.repository.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { GarmentDraftEncoder } from './garment.draft.encoder.js';
import { draftOfStored, type EncodedDraft } from './garment.draft.js';
import type { QualityChecks } from './quality.checks.js';

/** Garments of one stretch: some 50 ms of the head, and of comparing pictures 40 ms for every 16 at 10,000 garments. */
export const AUDIT_BATCH = 100;

export interface QualityIssue {
  garment: Garment;
  code: string;
  message: string;
  /** Of a near-duplicate: the other garment's sku. */
  twinSku: string | null;
}

export interface QualityAudit {
  doubts: QualityIssue[];
  examined: number;
  /** Where the next stretch begins; null at the catalog's end. */
  endCursor: string | null;
}

export interface QualityAuditServiceParts {
  encoders: Encoders;
  draftEncoder: GarmentDraftEncoder;
  embeddings: EmbeddingRepository;
  scan: CatalogScanRepository;
  qualityChecks: QualityChecks;
}

export class QualityAuditService {
  constructor(private readonly parts: QualityAuditServiceParts) {}

  /** @throws FitroomError CURSOR_INVALID */
  async next(ctx: StoreContext, after: string | null): Promise<QualityAudit> {
    const { encoders, embeddings, scan: sweep, qualityChecks: warnings } = this.parts;
    const model = encoders.bundle.id;
    const page = { after: after === null ? '0' : cursorParts(after, /^d1:(\d{1,18})$/)[0]!, first: AUDIT_BATCH };
    const swept = await sweep.embedded(ctx, model, page);
    const garments = swept.map(({ garment }) => garment);
    const stored = await embeddings.featuresOf(
      ctx,
      model,
      garments.map(({ id }) => id),
    );
    const read: EncodedDraft[] = [];
    for (const [index, garment] of garments.entries()) {
      const known = stored.get(garment.id);
      // as if its picture came in anew
      const draft = { ...draftOfStored(garment, index), isShown: known?.features.image != null };
      if (known) read.push({ draft, embedding: await this.parts.draftEncoder.read(known.features) });
    }
    const problems = await warnings.of(ctx, read);
    return {
      doubts: problems.map(({ field, code, message, twin = null }) => {
        return { garment: garments[Number(field[1])]!, code, message, twinSku: twin };
      }),
      examined: garments.length,
      endCursor: garments.length < AUDIT_BATCH ? null : opaqueCursor(`d1:${garments.at(-1)!.id}`),
    };
  }
}
