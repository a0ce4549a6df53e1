// An import as merchants follow it.
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CatalogFormat } from '../../domain/catalog/catalog.import.js';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { JobState } from '../../domain/jobs/job.js';
import { DateTimeScalar } from '../server/scalars.js';
import { CatalogFormatEnum, JobStateEnum } from './enums.js';
import { GoldenComparisonObject } from './golden.type.js';
import { UserErrorObject } from './payload.type.js';

@ObjectType('ImportError', {
  description: 'What was wrong with a row of a file, or what it is warned of.',
  simpleResolvers: true,
})
export class ImportErrorObject {
  @Field(() => Int, {
    description:
      'Line of the file, row of the table with the header as row 1, or item of the feed. 0: the file as a whole.',
  })
  row!: number;

  @Field(() => String, { nullable: true, description: 'The garment, where the row says that much.' })
  sku!: string | null;

  @Field(() => String, { description: 'What is wrong, for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}

@ObjectType('CatalogImport', {
  description:
    'The import of a catalog file. It goes on whatever happens to the server. Kept for 30 days after its end.',
})
export class CatalogImportObject {
  @Field(() => ID, { description: 'By which it is found again.' })
  id!: string;

  @Field(() => JobStateEnum, { description: 'How far it is.' })
  state!: JobState;

  @Field(() => CatalogFormatEnum, {
    nullable: true,
    description: 'What the file is in; null until it is known.',
  })
  format!: CatalogFormat | null;

  @Field(() => Boolean, { description: 'Whether everything but the storing is done.' })
  dryRun!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Garments in the file, failed ones counted; null until it is read.',
  })
  total!: number | null;

  @Field(() => Int, { description: 'Garments that are stored, durable and searchable.' })
  succeeded!: number;

  @Field(() => Int, { description: 'Garments that are not, each with its errors.' })
  failed!: number;

  @Field(() => Int, {
    description: 'How many of the succeeded are new. A batch that had to be done twice counts among the updated.',
  })
  created!: number;

  @Field(() => Int, { description: 'How many of the succeeded were there already.' })
  updated!: number;

  @Field(() => Int, { description: 'How many warnings there are.' })
  warningCount!: number;

  @Field(() => GoldenComparisonObject, {
    nullable: true,
    description:
      'What became of the golden queries between the first batch and the last. Null until it has ended, and where none was ' +
      'pinned, nothing was to be stored, or it was cancelled.',
  })
  golden!: GoldenComparison | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a worker first took it up.' })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended, however it did.' })
  finishedAt!: Date | null;
}

@ObjectType('CatalogImportPayload', { description: 'An import, or why there is none.', simpleResolvers: true })
export class CatalogImportPayloadObject {
  @Field(() => CatalogImportObject, { nullable: true, description: 'The import as it stands now.' })
  catalogImport!: CatalogImportObject | null;

  @Field(() => [UserErrorObject], { description: 'What was wrong with the input.' })
  userErrors!: UserErrorObject[];
}
