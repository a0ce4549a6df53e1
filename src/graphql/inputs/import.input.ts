// A catalog file to import, as merchants name it.
import { Field, InputType, Int } from 'type-graphql';
import type { CatalogFormat, CatalogImportOptions } from '../../domain/catalog/catalog.import.js';
import type { ImportSource } from '../../services/catalog/import.service.js';
import { UploadScalar } from '../server/scalars.js';
import { CatalogFormatEnum } from '../types/enums.js';
import type { UploadedFile } from '../server/uploaded.file.js';

@InputType('CatalogImportInput', { description: 'A catalog file: exactly one of upload and url is given.' })
export class CatalogImportInput {
  @Field(() => UploadScalar, {
    nullable: true,
    description:
      'The file itself, as the only file of the request. At most 1,024 MB, or what the server sets; gzip is taken.',
  })
  upload?: UploadedFile | null;

  @Field(() => String, {
    nullable: true,
    description: 'An http(s) address of a public host, on its usual port; fetched by the import itself.',
  })
  url?: string | null;

  @Field(() => CatalogFormatEnum, { nullable: true, description: 'Absent: recognised from the content.' })
  format?: CatalogFormat | null;

  @Field(() => String, {
    nullable: true,
    description: 'Three letters of ISO 4217, of prices that name none. Needed for SHOPIFY_CSV.',
  })
  currency?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Most garments to take, from the beginning of the file: for a first look. Absent: all.',
  })
  limit?: number | null;
}

export function importSource({ upload, url }: CatalogImportInput): ImportSource {
  return { upload: upload ?? null, url: url ?? null };
}

export function importOptions(
  { format, currency, limit }: CatalogImportInput,
  dryRun: boolean | null,
): CatalogImportOptions {
  return { format: format ?? null, currency: currency ?? null, limit: limit ?? null, dryRun: dryRun ?? false };
}
