// The `map` part of a GraphQL multipart request. It names the variables that receive each file.
import { FitroomError } from '../errors.js';
import { Upload } from '../graphql/server/uploaded.file.js';

/** One picture for each of 100 garments, plus one. */
export const MAX_FILES = 101;
/** Maximum number of variables that may refer to one file. */
const MAX_PATHS = 8;
/** In characters. `variables.input.garments.99.image.upload` has 41. */
const MAX_PATH_LENGTH = 500;

const NO_SUCH_FIELD = 'A path of `map` refers to a field that does not exist.';
const NOT_A_MAP = '`map` must be an object whose values are lists of paths.';

export interface PlacedUpload {
  upload: Upload;
  /** The names of the variables that hold the upload. */
  variables: string[];
  /** True once the file part has begun to arrive. */
  isBegun: boolean;
}

/**
 * Puts an upload into `operations` at each path of the map. Returns the uploads by the name of their part.
 * @throws FitroomError BODY_TOO_LARGE for too many files; BODY_INVALID for a path to a missing field or a prototype
 */
export function placeUploads(operations: object, map: unknown): Map<string, PlacedUpload> {
  if (!isContainer(map) || Array.isArray(map)) throw malformed(NOT_A_MAP);
  const entries = Object.entries(map);
  if (entries.length > MAX_FILES) throw new FitroomError('BODY_TOO_LARGE');
  return new Map(
    entries.map(([name, paths]) => {
      const upload = new Upload();
      const variables = requirePaths(paths).map((path) => place(operations, path, upload));
      return [name, { upload, variables, isBegun: false }];
    }),
  );
}

function requirePaths(paths: unknown): string[] {
  const isList = Array.isArray(paths) && paths.every((path) => typeof path === 'string');
  if (!isList || paths.length === 0) throw malformed(NOT_A_MAP);
  if (paths.length > MAX_PATHS) throw malformed(`\`map\` may list at most ${MAX_PATHS} paths per file.`);
  return paths;
}

/** Puts the upload at the path. Returns the name of the variable. */
function place(operations: object, path: string, upload: Upload): string {
  const keys = path.length > MAX_PATH_LENGTH ? [] : path.split('.');
  const [root, variable, ...inner] = keys;
  if (root !== 'variables' || !variable) throw malformed('A path of `map` must begin with `variables.`.');
  const last = inner.pop();
  const parentKeys = last === undefined ? ['variables'] : ['variables', variable, ...inner];
  let parent: unknown = operations;
  for (const parentKey of parentKeys) {
    if (!isContainer(parent) || !hasKey(parent, parentKey)) throw malformed(NO_SUCH_FIELD);
    parent = parent[parentKey];
  }
  const key = last ?? variable;
  if (!isContainer(parent) || !mayHold(parent, key)) throw malformed(NO_SUCH_FIELD);
  parent[key] = upload;
  return variable;
}

/** Returns true for a list or an object of the JSON text. An upload that another path has put there is neither. */
function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Upload);
}

function hasKey(container: object, key: string): boolean {
  return Object.hasOwn(container, key) && (!Array.isArray(container) || isIndex(key));
}

/**
 * Returns whether the container may receive this key. Clients may omit a key of an object instead of sending null.
 * A list never grows, because an index of 4,294,967,294 would make it that long.
 */
function mayHold(container: object, key: string): boolean {
  return Array.isArray(container) ? hasKey(container, key) : !(key in Object.prototype);
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(key);
}

function malformed(message: string): FitroomError {
  return new FitroomError('BODY_INVALID', message);
}
