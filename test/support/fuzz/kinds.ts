// All kinds of hostile input, in the order in which they run.
import { abortedRequests } from './aborted.requests.js';
import { bodies } from './bodies.js';
import { documents } from './documents.js';
import type { FuzzKind } from './fuzz.case.js';
import { garments } from './garments.js';
import { headers } from './headers.js';
import { hiddenFields } from './hidden.fields.js';
import { imports } from './imports.js';
import { multipart } from './multipart.js';
import { pictures } from './pictures.js';
import { sockets } from './sockets.js';
import { variables } from './variables.js';

export const KINDS: readonly FuzzKind[] = [
  ...[bodies, multipart, documents, variables, headers, garments, hiddenFields],
  ...[sockets, pictures, abortedRequests, imports],
];
