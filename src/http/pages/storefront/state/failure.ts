// Error messages for shoppers.
import type { ApiError } from '../../../../client/api.error.js';
import { texts } from '../words/language.js';

export function failureText({ code, message, requestId }: ApiError): string {
  const translated = texts.value.errors[code];
  const id = code === 'INTERNAL_SERVER_ERROR' && requestId ? ` (${requestId})` : '';
  return (translated ?? message) + id;
}
