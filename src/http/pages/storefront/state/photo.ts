// A picture to search with: a file, which is scaled down first, or the picture of a garment.

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
  const sent = scaled(bitmap, LONGEST_SENT);
  const upload = await new Promise<Blob>((resolve, reject) => {
    const done = (blob: Blob | null): void => (blob ? resolve(blob) : reject(new DOMException('not a picture')));
    sent.toBlob(done, 'image/jpeg', 0.9);
  });
  const src = scaled(bitmap, LONGEST_SHOWN).toDataURL('image/jpeg', 0.85);
  bitmap.close();
  return { input: { upload }, src, title: null };
}

function scaled(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d')!;
  // JPEG has no transparency: without a white ground transparent pixels turn black
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
