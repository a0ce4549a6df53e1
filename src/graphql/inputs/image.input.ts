// A picture as callers name it.
import { Field, InputType } from 'type-graphql';
import type { ImageSource } from '../../domain/recommend/recommend.request.js';
import { UploadScalar } from '../server/scalars.js';
import type { UploadedFile } from '../server/uploaded.file.js';

@InputType('ImageInput', { description: 'A picture: exactly one of the fields is given.' })
export class ImageInput {
  @Field(() => UploadScalar, { nullable: true, description: 'A file sent with the request.' })
  upload?: UploadedFile | null;

  @Field(() => String, {
    nullable: true,
    description: 'The bytes of a JPEG, PNG, WebP, AVIF or GIF in base64, bare or as a data: URL; at most 10 MB.',
  })
  base64?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'An http(s) address of a public host, on its usual port; fetched by the server within 5 seconds, for the catalog with further tries within 30.',
  })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'A garment of the catalog: its own picture.' })
  sku?: string | null;
}

/** The one source that was given; none or several are `invalid`, which the services report with its place. */
export function imageSource(image: ImageInput | null | undefined): ImageSource | null {
  if (image == null) return null;
  const sources: ImageSource[] = [];
  if (image.upload != null) sources.push({ kind: 'upload', open: image.upload });
  if (image.base64 != null) sources.push({ kind: 'base64', data: image.base64 });
  if (image.url != null) sources.push({ kind: 'url', url: image.url });
  if (image.sku != null) sources.push({ kind: 'sku', sku: image.sku });
  return sources.length === 1 ? sources[0]! : { kind: 'invalid' };
}
