/** Owns the shirts and blouses on offer. */
import type { ShirtCut } from '../silhouettes/shirt.js';
import { type Rack, type Style } from '../style.js';

const cut = (collar: ShirtCut['collar'], sleeve: ShirtCut['sleeve'], rest: Partial<ShirtCut> = {}): ShirtCut => ({ kind: 'shirt', collar, sleeve, ease: 1, length: 1, pockets: 0, hem: 'tails', contrast: 'none', ruffle: false, ...rest });
const style = (rest: Omit<Style, 'category'>): Style => ({ category: 'Shirts', ...rest });

export const SHIRT_RACK: Rack = {
  garmentType: 'SHIRT',
  styles: [
    style({ name: 'dress shirt', cut: cut('spread', 'long', { ease: 0.97 }), materials: ['Poplin'], patterns: ['plain', 'pinstriped'], colors: ['White', 'Blue', 'Lavender', 'Pink', 'Black', 'Charcoal'], genders: ['MEN'], usages: ['Formal'], price: [39, 89], tags: ['long-sleeve', 'office'] }),
    style({ name: 'striped shirt', cut: cut('classic', 'long', { pockets: 1 }), materials: ['Cotton', 'Poplin'], patterns: ['striped'], colors: ['Blue', 'White', 'Navy Blue', 'Green', 'Red', 'Purple', 'Maroon'], genders: ['MEN'], usages: ['Casual', 'Smart Casual', 'Formal'], price: [35, 69], tags: ['striped', 'long-sleeve'] }),
    style({ name: 'flannel shirt', cut: cut('classic', 'long', { pockets: 2, ease: 1.04 }), materials: ['Cotton'], patterns: ['tartan'], colors: ['Red', 'Green', 'Navy Blue', 'Mustard', 'Grey', 'Brown'], genders: ['MEN', 'WOMEN', 'BOYS'], usages: ['Casual'], price: [35, 65], tags: ['checked', 'flannel', 'winter'] }),
    style({ name: 'gingham shirt', cut: cut('classic', 'long', { pockets: 1 }), materials: ['Cotton'], patterns: ['checked'], colors: ['Blue', 'Red', 'Green', 'Pink', 'Purple', 'Orange'], genders: ['MEN', 'WOMEN'], usages: ['Casual', 'Smart Casual'], price: [29, 59], tags: ['checked', 'gingham'] }),
    style({ name: 'oxford shirt', cut: cut('classic', 'long', { pockets: 1 }), materials: ['Oxford'], patterns: ['plain'], colors: ['White', 'Blue', 'Pink', 'Grey', 'Yellow', 'Sea Green'], genders: ['MEN'], usages: ['Smart Casual'], price: [39, 75], tags: ['long-sleeve', 'button-down'] }),
    style({ name: 'camp-collar shirt', cut: cut('camp', 'short', { hem: 'straight', ease: 1.06 }), materials: ['Viscose', 'Linen'], patterns: ['floral', 'plain', 'striped'], colors: ['Turquoise Blue', 'Black', 'Cream', 'Orange', 'Teal', 'Yellow'], genders: ['MEN', 'UNISEX'], usages: ['Casual', 'Travel'], price: [32, 69], tags: ['short-sleeve', 'summer', 'resort'] }),
    style({ name: 'band-collar shirt', cut: cut('band', 'rolled'), materials: ['Linen'], patterns: ['plain', 'pinstriped'], colors: ['White', 'Beige', 'Khaki', 'Olive', 'Peach', 'Navy Blue'], genders: ['MEN'], usages: ['Casual', 'Ethnic'], price: [39, 79], tags: ['rolled sleeves', 'band collar', 'summer'] }),
    style({ name: 'short-sleeve shirt', cut: cut('classic', 'short', { pockets: 1, hem: 'straight' }), materials: ['Cotton', 'Poplin'], patterns: ['checked', 'dotted', 'plain', 'striped'], colors: ['Navy Blue', 'White', 'Maroon', 'Green', 'Yellow', 'Grey'], genders: ['MEN', 'BOYS'], usages: ['Casual'], price: [22, 49], tags: ['short-sleeve'] }),
    style({ name: 'bell-sleeve blouse', cut: cut('band', 'bell', { hem: 'straight', length: 0.96 }), materials: ['Chiffon', 'Viscose'], patterns: ['plain', 'floral', 'dotted'], colors: ['Cream', 'Rust', 'Mauve', 'Red', 'Teal', 'Black'], genders: ['WOMEN'], usages: ['Casual', 'Party'], price: [35, 75], tags: ['bell sleeves', 'blouse'] }),
    style({ name: 'ruffled blouse', cut: cut('classic', 'long', { ruffle: true }), materials: ['Silk', 'Poplin'], patterns: ['plain'], colors: ['White', 'Pink', 'Lavender', 'Black', 'Burgundy', 'Nude'], genders: ['WOMEN'], usages: ['Formal', 'Party'], price: [45, 99], tags: ['ruffles', 'blouse'] }),
    style({ name: 'sleeveless blouse', cut: cut('classic', 'none', { hem: 'straight', length: 0.94 }), materials: ['Viscose', 'Cotton'], patterns: ['dotted', 'plain', 'floral'], colors: ['Navy Blue', 'White', 'Peach', 'Green', 'Magenta'], genders: ['WOMEN'], usages: ['Casual', 'Smart Casual'], price: [25, 55], tags: ['sleeveless', 'blouse', 'summer'] }),
    style({ name: 'denim shirt', cut: cut('classic', 'long', { pockets: 2 }), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Navy Blue', 'Black', 'Grey'], genders: ['MEN', 'WOMEN'], usages: ['Casual'], price: [39, 79], tags: ['denim', 'western'] }),
  ],
};
