// How large an encoded picture may be, wherever it comes from. Apart from the codec, so that who only measures loads no decoder.

export const MAX_PICTURE_BYTES = 10_000_000;
