// Limits of encoded pictures, in a separate file so that feeds do not load a decoder.

export const MAX_PICTURE_BYTES = 10_000_000;
