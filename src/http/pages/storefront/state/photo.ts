// A picture to search with: a file, which is scaled down first, or the picture of a garment.
import { scaledPicture } from '../../shared/scaled.picture.js';

export interface Photo {
  input: { upload: Blob } | { sku: string };
  /** The URL for display. A file has a data: URL because the security policy forbids blob: URLs. */
  src: string;
  /** The garment's title. Null for a file, whose name means little. */
  title: string | null;
}

/** The model sees 224 × 224 pixels. This size leaves room for its cropping: about 150 kB instead of a phone's 5 MB. */
const LONGEST_SENT = 1024;
const LONGEST_SHOWN = 160;

/** Returns the picture in the sizes to send and to show. @throws DOMException if the browser cannot read the file */
export async function photoOf(file: Blob): Promise<Photo> {
  const bitmap = await createImageBitmap(file);
  const sent = scaledPicture(bitmap, LONGEST_SENT);
  const upload = await new Promise<Blob>((resolve, reject) => {
    const done = (blob: Blob | null): void => (blob ? resolve(blob) : reject(new DOMException('not a picture')));
    sent.toBlob(done, 'image/jpeg', 0.9);
  });
  const src = scaledPicture(bitmap, LONGEST_SHOWN).toDataURL('image/jpeg', 0.85);
  bitmap.close();
  return { input: { upload }, src, title: null };
}
