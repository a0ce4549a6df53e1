// Names the argument that a failed request can be put right in: services know a request, clients know their arguments.
import { FitroomError } from '../errors.js';

/** The same outcome; a failure's field is found below the argument `name`. */
export async function withinArgument<Result>(name: string, outcome: Promise<Result>): Promise<Result> {
  return outcome.catch((error: unknown) => {
    throw error instanceof FitroomError ? error.within(name) : error;
  });
}
