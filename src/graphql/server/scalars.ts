// The scalars beyond GraphQL's own: exact amounts, instants, and files of a multipart request.
// Knows how a value is written, not what values a field allows.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { isStorableInstant } from '../../domain/shared/instant.js';
import { Upload, type UploadedFile } from './uploaded.file.js';

const DECIMAL = /^-?\d{1,20}(\.\d{1,20})?$/;

/**
 * An exact decimal number, as text inside and out. JSON numbers are refused: by the time that a parser has read one
 * its last digits may be others.
 */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number, answered as a string: "49.90". Written as a string too; inside a query text a plain number does as well.',
  serialize: requireDecimal,
  parseValue: requireDecimal,
  parseLiteral(node: ValueNode) {
    // the text of a number in a query is exact: it has gone through no floating point
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT)
      return requireDecimal(node.value);
    throw new GraphQLError('A decimal is written as a string, for example "49.90".', { nodes: node });
  },
});

/** Instants, answered in UTC. */
export const DateTimeScalar = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description: 'An instant in ISO 8601 of the years 1 to 9999, answered in UTC: "2026-05-04T09:30:00.000Z".',
  parseValue: (value) => requireInstant(GraphQLDateTime.parseValue(requireShort(value))),
  parseLiteral: (node) => requireInstant(GraphQLDateTime.parseLiteral(node)),
});

/** A file of a multipart request. */
export const UploadScalar = new GraphQLScalarType<UploadedFile, never>({
  name: 'Upload',
  description:
    'A file sent with the request, as the GraphQL multipart request specification has it. Only as a variable. Pictures have at most 10 MB; a catalog file is the only file of its request and may be larger.',
  parseValue(value: unknown) {
    if (value instanceof Upload) return () => value.open();
    throw new GraphQLError('An upload is a file of a multipart request.');
  },
  parseLiteral(node) {
    throw new GraphQLError('An upload is given as a variable, never inside the query text.', { nodes: node });
  },
  serialize() {
    throw new GraphQLError('Uploads are taken, not answered.');
  },
});

/** An offset from UTC may leave the years that the text names. */
/** A pattern that is tried on 15 MB takes 0.1 s. */
function requireShort(value: unknown): unknown {
  if (typeof value === 'string' && value.length > 100) throw new GraphQLError('An instant has at most 100 characters.');
  return value;
}

function requireInstant(at: Date): Date {
  if (isStorableInstant(at)) return at;
  throw new GraphQLError('An instant lies in the years 1 to 9999, in UTC.');
}

function requireDecimal(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw new GraphQLError('A decimal is written as a string of digits, for example "49.90".');
}
