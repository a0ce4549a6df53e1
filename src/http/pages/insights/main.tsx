// The insights page for analysts.
import { render } from 'preact';
import { InsightsPage } from './parts/insights.page.js';
import { followAddress } from './state/address.js';

followAddress();
render(<InsightsPage />, document.getElementById('insights')!);
