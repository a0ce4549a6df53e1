// What is remembered of an address that a picture came from, so that it can be asked whether the picture has changed.

export interface PictureSource {
  /** As `URL` writes it, without fragment. */
  url: string;
  /** Validators as the address sent them (RFC 9110 §8.8); null where it sent none, or another address answered for it. */
  etag: string | null;
  lastModified: string | null;
}
