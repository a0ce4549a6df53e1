// API errors with a code. docs/errors.md explains each code.

/** The client's own code: there was no response, or one that is not GraphQL, for example a proxy's error page. */
export const UNREACHABLE = 'UNREACHABLE';

export interface ErrorExtensions {
  code: string;
  /** The path to the invalid argument. Absent for errors that no argument causes. */
  field?: string[];
  requestId?: string;
}

export class ApiError extends Error {
  readonly code: string;
  readonly field: readonly string[];
  /** The id to search for in the server's log. Null if the server has not responded. */
  readonly requestId: string | null;

  constructor(message: string, { code, field = [], requestId }: ErrorExtensions, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.field = field;
    this.requestId = requestId ?? null;
  }
}
