// A failure of the API as a program acts on it: by its code. What each means is in docs/errors.md.

/** Beside the API's own codes: no answer came, or none that is GraphQL's, for example a proxy's page. */
export const UNREACHABLE = 'UNREACHABLE';

export interface ErrorExtensions {
  code: string;
  /** The path to the argument that is wrong, where it is one. */
  field?: string[];
  requestId?: string;
}

export class ApiError extends Error {
  readonly code: string;
  readonly field: readonly string[];
  /** Leads to the reason in the server's log; null where the server has not answered. */
  readonly requestId: string | null;

  constructor(message: string, { code, field = [], requestId }: ErrorExtensions, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.field = field;
    this.requestId = requestId ?? null;
  }
}
