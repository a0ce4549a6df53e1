// The client for this server's API. It sends the key of this tab.
import { createClient } from '../../../client/client.js';
import { accessHeaders } from './access.js';

export const api = createClient({ url: '/graphql', headers: accessHeaders });
