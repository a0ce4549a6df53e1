// Input type of a catalog import.
import { Field, InputType, Int } from 'type-graphql';
import type { CatalogFormat, CatalogImportOptions } from '../../domain/catalog/catalog.import.js';
import type { ImportSource } from '../../services/catalog/import.service.js';
import { UploadScalar } from '../server/scalars.js';
import { CatalogFormatEnum } from '../types/enums.js';
import type { UploadedFile } from '../server/uploaded.file.js';

@InputType('CatalogImportInput', { description: 'A catalog file. Exactly one of `upload` and `url` is required.' })
export class CatalogImportInput {
  @Field(() => UploadScalar, {
    nullable: true,
    description:
      'The file, as the only file of the multipart request. At most 1,024 MB unless the server sets another ' +
      'limit; may be gzipped.',
  })
  upload?: UploadedFile | null;

  @Field(() => String, {
    nullable: true,
    description: 'An http or https URL of a public host on port 80 or 443. The import job downloads it.',
  })
  url?: string | null;

  @Field(() => CatalogFormatEnum, {
    nullable: true,
    description: 'Format of the file. If absent, it is detected from the content.',
  })
  format?: CatalogFormat | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217 code of three letters for prices without a currency. Required for SHOPIFY_CSV.',
  })
  currency?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of garments to import from the start of the file, at least 1. If absent, all are imported.',
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
