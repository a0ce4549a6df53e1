// What is wrong with an order as data, for mutations whose payload has a place for it. Outages stay errors of the whole request.
import { FitroomError, isTemporary } from '../errors.js';
import type { UserErrorObject } from './types/payload.type.js';

export async function orUserErrors<Result>(
  work: Promise<Result>,
): Promise<{ result: Result | null; userErrors: UserErrorObject[] }> {
  try {
    return { result: await work, userErrors: [] };
  } catch (error) {
    if (!(error instanceof FitroomError) || isTemporary(error)) throw error;
    const { field, code, message } = error;
    return { result: null, userErrors: [{ field: [...field], code, message }] };
  }
}
