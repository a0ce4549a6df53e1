/** Owns the dresses on offer. */
import type { DressCut } from '../silhouettes/dress.js';
import { BRIGHTS, DEEPS, PASTELS, type Rack, type Style } from '../style.js';

const cut = (neckline: DressCut['neckline'], sleeve: DressCut['sleeve'], skirt: DressCut['skirt'], length: DressCut['length'], rest: Partial<DressCut> = {}): DressCut => ({ kind: 'dress', neckline, sleeve, skirt, length, waist: 'natural', belt: false, ...rest });
const womens = (style: Omit<Style, 'category' | 'genders'> & Partial<Pick<Style, 'genders'>>): Style => ({ category: 'Dresses', genders: ['WOMEN'], ...style });

export const DRESS_RACK: Rack = {
  garmentType: 'DRESS',
  styles: [
    womens({ name: 'A-line midi dress', cut: cut('crew', 'short', 'a-line', 'midi', { belt: true }), materials: ['Linen', 'Cotton'], patterns: ['striped', 'plain', 'checked'], colors: ['Red', 'Navy Blue', 'Green', 'Beige', ...DEEPS], usages: ['Casual', 'Smart Casual'], price: [49, 89], tags: ['midi', 'a-line', 'belted', 'summer'] }),
    womens({ name: 'wrap dress', cut: cut('v', 'three-quarter', 'wrap', 'midi', { belt: true }), materials: ['Viscose', 'Silk'], patterns: ['floral', 'plain', 'dotted'], colors: ['Black', 'Teal', 'Red', 'Navy Blue', 'Pink', 'Olive'], usages: ['Casual', 'Smart Casual'], price: [59, 119], tags: ['wrap', 'v-neck', 'midi'] }),
    womens({ name: 'skater dress', cut: cut('scoop', 'none', 'circle', 'knee'), materials: ['Cotton', 'Viscose'], patterns: ['dotted', 'plain', 'floral'], colors: ['Red', 'Black', 'Blue', 'Yellow', 'Turquoise Blue', 'White'], usages: ['Casual', 'Party'], price: [35, 69], tags: ['skater', 'sleeveless', 'knee-length'] }),
    womens({ name: 'slip dress', cut: cut('sweetheart', 'straps', 'slip', 'midi', { waist: 'none' }), materials: ['Satin', 'Silk'], patterns: ['plain'], colors: ['Black', 'Burgundy', 'Silver', 'Lavender', 'Gold', 'Sea Green', 'Red'], usages: ['Party'], price: [69, 149], tags: ['slip', 'strappy', 'evening'] }),
    womens({ name: 'shirt dress', cut: cut('shirt', 'long', 'a-line', 'knee', { belt: true }), materials: ['Poplin', 'Linen', 'Denim'], patterns: ['pinstriped', 'plain', 'checked'], colors: ['Blue', 'White', 'Khaki', 'Olive', 'Pink'], usages: ['Smart Casual', 'Casual'], price: [55, 99], tags: ['shirt dress', 'long-sleeve', 'belted'] }),
    womens({ name: 'strapless tiered maxi dress', cut: cut('strapless', 'none', 'tiered', 'maxi'), materials: ['Chiffon', 'Cotton'], patterns: ['plain', 'floral'], colors: ['Lavender', 'White', 'Orange', 'Turquoise Blue', 'Peach'], usages: ['Party', 'Travel'], price: [79, 159], tags: ['maxi', 'strapless', 'tiered', 'summer'] }),
    womens({ name: 'puff-sleeve empire dress', cut: cut('square', 'puff', 'tiered', 'midi', { waist: 'empire' }), materials: ['Cotton', 'Poplin'], patterns: ['floral', 'plain', 'checked'], colors: ['Cream', 'Maroon', 'Yellow', 'Rose', 'Green'], usages: ['Casual'], price: [45, 89], tags: ['puff sleeves', 'square neck', 'tiered'] }),
    womens({ name: 'sheath dress', cut: cut('boat', 'none', 'pencil', 'knee', { waist: 'none' }), materials: ['Wool', 'Polyester'], patterns: ['plain', 'tartan'], colors: ['Black', 'Navy Blue', 'Red', 'Purple', 'Charcoal', 'Teal'], usages: ['Formal'], price: [65, 139], tags: ['sheath', 'boat neck', 'office'] }),
    womens({ name: 'halter maxi dress', cut: cut('halter', 'none', 'circle', 'maxi', { belt: true }), materials: ['Chiffon', 'Viscose'], patterns: ['plain', 'floral'], colors: ['Orange', 'Red', 'Sea Green', 'Magenta', 'Blue'], usages: ['Party', 'Travel'], price: [75, 149], tags: ['maxi', 'halter', 'summer'] }),
    womens({ name: 'pleated long-sleeve dress', cut: cut('crew', 'long', 'pleated', 'midi', { belt: true }), materials: ['Polyester', 'Satin'], patterns: ['plain'], colors: [...DEEPS, 'Mauve', 'Green'], usages: ['Formal', 'Party'], price: [79, 159], tags: ['pleated', 'long-sleeve', 'midi'] }),
    womens({ name: 'drop-waist dress', cut: cut('scoop', 'cap', 'pleated', 'mini', { waist: 'dropped' }), materials: ['Cotton', 'Corduroy'], patterns: ['plain', 'striped'], colors: [...BRIGHTS, ...PASTELS], genders: ['GIRLS'], usages: ['Casual'], price: [22, 42], tags: ['drop waist', 'pleated'] }),
    womens({ name: 'party dress', cut: cut('crew', 'puff', 'circle', 'knee'), materials: ['Cotton', 'Satin'], patterns: ['dotted', 'floral', 'plain'], colors: ['Pink', 'Yellow', 'Lavender', 'Red', 'White'], genders: ['GIRLS'], usages: ['Party'], price: [25, 55], tags: ['puff sleeves', 'twirl'] }),
  ],
};
