// Sending of rows with pictures through upsertGarments, with the result of each row.
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

interface UpsertResponse {
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
 * Upserts rows in one call, with pictures as files of a multipart request. If the server refuses the whole call, each
 * half is sent separately, down to the single row that it cannot accept. Only that row fails.
 * @param rows 1 to 100 rows with distinct SKUs
 * @throws ServerUnreachable if the server does not respond after all retries
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

async function upsert(api: ApiClient, rows: PicturedRow[], dryRun: boolean): Promise<UpsertResponse> {
  return api.callPatiently<UpsertResponse>({
    query: UPSERT,
    variables: { dryRun, garments: rows.map(({ garment }) => ({ ...garment, image: { upload: null } })) },
    files: new Map(rows.map(({ picture }, i) => [`variables.garments.${i}.image.upload`, picture])),
  });
}

function outcomeOf(rows: PicturedRow[], { upsertGarments: payload }: UpsertResponse): BatchOutcome {
  return {
    created: payload.created,
    updated: payload.updated,
    failures: payload.userErrors.map((error) => rowFailure(rows, error)),
    warnings: payload.warnings.map((warning) => rowFailure(rows, warning)),
  };
}

/** Returns the failure for a row, for example ['garments', '3', 'image', 'upload'] for the fourth row sent. */
function rowFailure(rows: PicturedRow[], { field, code, message }: UserError): RowFailure {
  const sent = rows[Number(field[1])];
  // an error without a garment is reported for the first row of the batch rather than lost
  const { row, garment } = sent ?? rows[0]!;
  const path = field.slice(2).join('.');
  return { row, sku: garment.sku, code, message: path ? `${path}: ${message}` : message };
}
