// A picture to search with: a file of the shopper's, made small before it is sent, or a garment's own.

export interface Photo {
  input: { upload: Blob } | { sku: string };
  /** To show it by; a data: address for a file, the only kind that the page's security policy lets through. */
  src: string;
  /** Null for a file, which has a name that nobody chose. */
  title: string | null;
}

/** The model looks at 224 pixels; this leaves room for its own cropping, and is some 150 kB instead of a phone's 5 MB. */
const LONGEST_SENT = 1024;
const LONGEST_SHOWN = 160;

/** @throws DOMException where the browser cannot read the file */
export async function photoOf(file: Blob): Promise<Photo> {
  const bitmap = await createImageBitmap(file);
  const sent = drawn(bitmap, LONGEST_SENT);
  const upload = await new Promise<Blob>((resolve, reject) => {
    const done = (blob: Blob | null): void => (blob ? resolve(blob) : reject(new DOMException('not a picture')));
    sent.toBlob(done, 'image/jpeg', 0.9);
  });
  const src = drawn(bitmap, LONGEST_SHOWN).toDataURL('image/jpeg', 0.85);
  bitmap.close();
  return { input: { upload }, src, title: null };
}

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d')!;
  // what is transparent would become black
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
