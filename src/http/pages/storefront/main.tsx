// The storefront page: put together here, then asked for its first garments.
import { render } from 'preact';
import { Storefront } from './parts/storefront.page.js';
import { start } from './state/start.js';

render(<Storefront />, document.getElementById('storefront')!);
start();
