// The map of a GraphQL multipart request: puts uploads into the operations at the paths that it names.
import { FitroomError } from '../errors.js';
import { Upload } from '../graphql/server/uploaded.file.js';

/** 100 garments with a picture each, and one file to spare. */
export const MAX_FILES = 101;
/** Places that one file may stand in. */
const MAX_PATHS = 8;
/** `variables.input.garments.99.image.upload` has 41. */
const MAX_PATH_LENGTH = 500;

/** An upload, and the variables that hold it. */
export interface PlacedUpload {
  upload: Upload;
  variables: string[];
  /** Its part has begun. */
  isBegun: boolean;
}

/**
 * Puts an upload into `operations` at each path of the map.
 * @returns the uploads by the name of their part
 * @throws FitroomError BODY_TOO_LARGE for too many files; BODY_INVALID for paths that lead nowhere or into a prototype
 */
export function placeUploads(operations: object, map: unknown): Map<string, PlacedUpload> {
  if (!isContainer(map) || Array.isArray(map)) throw malformed('`map` is an object of lists of paths.');
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
  if (!isList || paths.length === 0) throw malformed('`map` is an object of lists of paths.');
  if (paths.length > MAX_PATHS) throw malformed(`\`map\` names one file at ${MAX_PATHS} paths at most.`);
  return paths;
}

/** @returns the name of the variable */
function place(operations: object, path: string, upload: Upload): string {
  const steps = path.length > MAX_PATH_LENGTH ? [] : path.split('.');
  const [root, variable, ...inner] = steps;
  if (root !== 'variables' || !variable) throw malformed('A path of `map` begins with `variables.`.');
  const last = inner.pop();
  const way = last === undefined ? ['variables'] : ['variables', variable, ...inner];
  let parent: unknown = operations;
  for (const step of way) {
    if (!isContainer(parent) || !holds(parent, step)) throw malformed('A path of `map` leads nowhere.');
    parent = parent[step];
  }
  const key = last ?? variable;
  if (!isContainer(parent) || !mayHold(parent, key)) throw malformed('A path of `map` leads nowhere.');
  parent[key] = upload;
  return variable;
}

/** A list or an object of the JSON text; an upload that another path has put there is neither. */
function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Upload);
}

function holds(container: object, key: string): boolean {
  return Object.hasOwn(container, key) && (!Array.isArray(container) || isIndex(key));
}

/** Clients may leave the key out in place of null. No list grows: a file at place 4,294,967,294 would make it endless. */
function mayHold(container: object, key: string): boolean {
  return Array.isArray(container) ? holds(container, key) : !(key in Object.prototype);
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(key);
}

function malformed(message: string): FitroomError {
  return new FitroomError('BODY_INVALID', message);
}
