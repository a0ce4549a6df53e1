// Pictures as query variables.
import { scaledPicture } from '../shared/scaled.picture.js';

/** The length of the longer side that is sent. The models see 224 × 224 pixels. */
const SENT_PIXELS = 448;

/** Returns the picture as the data URL of a JPEG, its longer side at most SENT_PIXELS. */
export async function shrinkPicture(file: File): Promise<string> {
  const bitmap = await window.createImageBitmap(file);
  return scaledPicture(bitmap, SENT_PIXELS).toDataURL('image/jpeg', 0.9);
}

/**
 * Returns the variables with the picture in their first picture value: a data URL, or an object named `image`.
 * Null for variables without a picture value and for text that is not JSON.
 */
export function withPicture(variablesText: string, base64: string): string | null {
  let variables: unknown;
  try {
    variables = JSON.parse(variablesText);
  } catch {
    return null;
  }
  return putPicture(variables, base64) ? JSON.stringify(variables, null, 2) : null;
}

function putPicture(value: unknown, base64: string): boolean {
  if (!isObject(value)) return false;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && inner.startsWith('data:image/')) value[name] = base64;
    else if (name === 'image' && isObject(inner)) value[name] = { base64 };
    else if (!putPicture(inner, base64)) continue;
    return true;
  }
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}
