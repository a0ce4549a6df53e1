// Custom scalars: exact decimals, date-times and uploaded files.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { isStorableInstant } from '../../domain/shared/instant.js';
import { Upload, type UploadedFile } from './uploaded.file.js';

const DECIMAL = /^-?\d{1,20}(\.\d{1,20})?$/;

/**
 * Exact decimal numbers, as strings in memory and in JSON. JSON numbers are refused, because a JSON parser may change
 * their last digits.
 */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as a string, for example "49.90". A query text may also use a plain number.',
  serialize: requireDecimal,
  parseValue: requireDecimal,
  parseLiteral(node: ValueNode) {
    // a number in a query text is exact, because it was never converted to floating point
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT)
      return requireDecimal(node.value);
    throw new GraphQLError('A decimal must be a string such as "49.90".', { nodes: node });
  },
});

/** Points in time, serialized in UTC. */
export const DateTimeScalar = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description:
    'A point in time in ISO 8601, years 1 to 9999. Responses use UTC, for example "2026-05-04T09:30:00.000Z".',
  parseValue: (value) => requireInstant(GraphQLDateTime.parseValue(requireShort(value))),
  parseLiteral: (node) => requireInstant(GraphQLDateTime.parseLiteral(node)),
});

/** Files of a multipart request. */
export const UploadScalar = new GraphQLScalarType<UploadedFile, never>({
  name: 'Upload',
  description:
    'A file of a GraphQL multipart request, passed as a variable. Pictures may have at most 10 MB; a catalog ' +
    'file must be the only file of its request and may be larger.',
  parseValue(value: unknown) {
    if (value instanceof Upload) return () => value.open();
    throw new GraphQLError('An upload must be a file of a multipart request.');
  },
  parseLiteral(node) {
    throw new GraphQLError('An upload must be a variable, not a literal in the query text.', { nodes: node });
  },
  serialize() {
    throw new GraphQLError('An upload is an input only and cannot be returned.');
  },
});

/** Returns the value if it is short. Matching the pattern against 15 MB would take 0.1 s. */
function requireShort(value: unknown): unknown {
  if (typeof value === 'string' && value.length > 100)
    throw new GraphQLError('A date-time may have at most 100 characters.');
  return value;
}

function requireInstant(at: Date): Date {
  if (isStorableInstant(at)) return at;
  throw new GraphQLError('A date-time must be in the years 1 to 9999, in UTC.');
}

function requireDecimal(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw new GraphQLError('A decimal must be a string of digits such as "49.90".');
}
