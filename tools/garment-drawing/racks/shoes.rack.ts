// Styles of footwear.
import type { Rack } from '../style.js';
import { CLOSED_SHOES } from './closed.shoes.rack.js';
import { HEELS_AND_SANDALS } from './open.shoes.rack.js';

export const SHOES_RACK: Rack = { garmentType: 'SHOES', styles: [...CLOSED_SHOES, ...HEELS_AND_SANDALS] };
