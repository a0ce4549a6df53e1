// Input type of a picture.
import { Field, InputType } from 'type-graphql';
import type { ImageSource } from '../../domain/recommend/recommend.request.js';
import { UploadScalar } from '../server/scalars.js';
import type { UploadedFile } from '../server/uploaded.file.js';

@InputType('ImageInput', { description: 'A picture. Exactly one field is required.' })
export class ImageInput {
  @Field(() => UploadScalar, { nullable: true, description: 'A file of the multipart request.' })
  upload?: UploadedFile | null;

  @Field(() => String, {
    nullable: true,
    description: 'JPEG, PNG, WebP, AVIF or GIF as base64 or as a data: URL, at most 10 MB.',
  })
  base64?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'An http or https URL of a public host on port 80 or 443. The server downloads it within 5 seconds; for ' +
      'a catalog garment it retries for up to 30 seconds.',
  })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'SKU of a garment in the catalog, whose picture is used.' })
  sku?: string | null;
}

/**
 * Returns the source that is set, or null for no image. Returns `invalid` for none or several sources; the services
 * report that with its path.
 */
export function imageSource(image: ImageInput | null | undefined): ImageSource | null {
  if (image == null) return null;
  const sources: ImageSource[] = [];
  if (image.upload != null) sources.push({ kind: 'upload', open: image.upload });
  if (image.base64 != null) sources.push({ kind: 'base64', data: image.base64 });
  if (image.url != null) sources.push({ kind: 'url', url: image.url });
  if (image.sku != null) sources.push({ kind: 'sku', sku: image.sku });
  return sources.length === 1 ? sources[0]! : { kind: 'invalid' };
}
