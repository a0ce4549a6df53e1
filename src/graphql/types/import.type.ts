// Object types of catalog imports.
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CatalogFormat } from '../../domain/catalog/catalog.import.js';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { JobState } from '../../domain/jobs/job.js';
import { DateTimeScalar } from '../server/scalars.js';
import { CatalogFormatEnum, JobStateEnum } from './enums.js';
import { GoldenComparisonObject } from './golden.type.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ImportError', {
  description: 'An error or warning for a row of the file.',
  simpleResolvers: true,
})
export class ImportErrorObject {
  @Field(() => Int, {
    description: 'Line of the file, table row with the header as row 1, or item of the feed. 0 means the whole file.',
  })
  row!: number;

  @Field(() => String, { nullable: true, description: 'SKU of the garment. Null if the row has no readable SKU.' })
  sku!: string | null;

  @Field(() => String, { description: 'Error code for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'Error message for people.' })
  message!: string;
}

@ObjectType('CatalogImport', {
  description:
    'An import of a catalog file, which continues after a server restart. Its record is deleted 30 days after its end.',
})
export class CatalogImportObject {
  @Field(() => ID, { description: 'ID of the import.' })
  id!: string;

  @Field(() => JobStateEnum, { description: 'State of the import job.' })
  state!: JobState;

  @Field(() => CatalogFormatEnum, {
    nullable: true,
    description: 'Format of the file. Null until it is detected.',
  })
  format!: CatalogFormat | null;

  @Field(() => Boolean, { description: '`true` for a dry run, which checks every row but stores nothing.' })
  dryRun!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of garments in the file, including failed ones. Null until the whole file is read.',
  })
  total!: number | null;

  @Field(() => Int, { description: 'Number of garments that are stored durably and searchable.' })
  succeeded!: number;

  @Field(() => Int, { description: 'Number of garments that were not stored. `errors` has the reasons.' })
  failed!: number;

  @Field(() => Int, {
    description: 'Number of stored garments that are new. Garments of a repeated batch count as updated.',
  })
  created!: number;

  @Field(() => Int, { description: 'Number of stored garments that were already in the catalog.' })
  updated!: number;

  @Field(() => Int, { description: 'Number of warnings.' })
  warningCount!: number;

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description:
      'Changes of the golden queries between the first and the last batch. Null until the import ends, without ' +
      'golden queries, for a dry run and for a canceled import.',
  })
  golden!: GoldenComparison | null;

  @Field(() => DateTimeScalar, { description: 'Time when the import was requested.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when a worker first started the import. Null while it waits.',
  })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the import ended in any state. Null until then.',
  })
  finishedAt!: Date | null;
}

@ObjectType('CatalogImportPayload', {
  description: 'Result of starting or canceling an import.',
  simpleResolvers: true,
})
export class CatalogImportPayloadObject {
  @Field(() => CatalogImportObject, {
    nullable: true,
    description: 'Present state of the import. Null if there is none.',
  })
  catalogImport!: CatalogImportObject | null;

  @Field(() => [UserErrorObject], { description: 'Problems of the input.' })
  userErrors!: UserErrorObject[];
}
