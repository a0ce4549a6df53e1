// The storefront page.
import { render } from 'preact';
import { Storefront } from './parts/storefront.page.js';
import { start } from './state/start.js';

render(<Storefront />, document.getElementById('storefront')!);
start();
