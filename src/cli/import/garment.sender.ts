// Owns the sending of pictured rows through upsertGarments, and what the server said of each. Knows no files and no terminal.
import { CallRefused, type ApiClient } from '../api.client.js';
import type { PicturedRow, RowFailure } from '../../feeds/garment.row.js';

export interface BatchOutcome {
  created: number;
  updated: number;
  failures: RowFailure[];
  warnings: RowFailure[];
}

interface UserError {
  field: string[];
  code: string;
  message: string;
}

interface UpsertAnswer {
  upsertGarments: { created: number; updated: number; userErrors: UserError[]; warnings: UserError[] };
}

const UPSERT = `mutation Import($garments: [GarmentInput!]!, $dryRun: Boolean!) {
  upsertGarments(garments: $garments, dryRun: $dryRun) {
    created
    updated
    userErrors { field code message }
    warnings { field code message }
  }
}`;

/**
 * Upserts rows in one call, pictures as files of a multipart request. Where the server refuses the call as a whole,
 * each half is sent by itself, down to the one row that it cannot take: that one fails, and no other.
 * @param rows 1 to 100, of distinct skus
 * @throws ServerUnreachable where the server is away for good
 */
export async function sendGarments(api: ApiClient, rows: PicturedRow[], dryRun: boolean): Promise<BatchOutcome> {
  try {
    return outcomeOf(rows, await upsert(api, rows, dryRun));
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    if (rows.length > 1) return sendHalves(api, rows, dryRun);
    const { row, garment } = rows[0]!;
    const failure = { row, sku: garment.sku, code: error.code, message: error.message };
    return { created: 0, updated: 0, failures: [failure], warnings: [] };
  }
}

async function sendHalves(api: ApiClient, rows: PicturedRow[], dryRun: boolean): Promise<BatchOutcome> {
  const middle = Math.ceil(rows.length / 2);
  const first = await sendGarments(api, rows.slice(0, middle), dryRun);
  const second = await sendGarments(api, rows.slice(middle), dryRun);
  return {
    created: first.created + second.created,
    updated: first.updated + second.updated,
    failures: [...first.failures, ...second.failures],
    warnings: [...first.warnings, ...second.warnings],
  };
}

async function upsert(api: ApiClient, rows: PicturedRow[], dryRun: boolean): Promise<UpsertAnswer> {
  return api.callPatiently<UpsertAnswer>({
    query: UPSERT,
    variables: { dryRun, garments: rows.map(({ garment }) => ({ ...garment, image: { upload: null } })) },
    files: new Map(rows.map(({ picture }, i) => [`variables.garments.${i}.image.upload`, picture])),
  });
}

function outcomeOf(rows: PicturedRow[], { upsertGarments: answer }: UpsertAnswer): BatchOutcome {
  return {
    created: answer.created,
    updated: answer.updated,
    failures: answer.userErrors.map((error) => ofRow(rows, error)),
    warnings: answer.warnings.map((warning) => ofRow(rows, warning)),
  };
}

/** ['garments', '3', 'image', 'upload'] → the row that was sent fourth. */
function ofRow(rows: PicturedRow[], { field, code, message }: UserError): RowFailure {
  const sent = rows[Number(field[1])];
  // an error that names no garment is said of the batch's first row rather than lost
  const { row, garment } = sent ?? rows[0]!;
  const where = field.slice(2).join('.');
  return { row, sku: garment.sku, code, message: where ? `${where}: ${message}` : message };
}
