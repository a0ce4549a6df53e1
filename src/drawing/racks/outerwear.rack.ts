/** Owns the jackets, blazers and rain jackets on offer. */
import type { OuterwearCut } from '../silhouettes/outerwear.js';
import { BRIGHTS, type Rack } from '../style.js';

const cut = (style: OuterwearCut['style'], rest: Partial<OuterwearCut> = {}): OuterwearCut => ({ kind: 'outerwear', style, ease: 1, length: 1, contrast: false, ...rest });

export const OUTERWEAR_RACK: Rack = {
  garmentType: 'OUTERWEAR',
  styles: [
    { name: 'two-button blazer', category: 'Blazers', cut: cut('blazer'), materials: ['Wool', 'Linen', 'Corduroy'], patterns: ['plain', 'tartan', 'pinstriped'], colors: ['Navy Blue', 'Grey', 'Black', 'Beige', 'Brown', 'Burgundy'], genders: ['MEN', 'WOMEN'], usages: ['Formal', 'Smart Casual'], price: [99, 229], tags: ['tailored', 'lapels'] },
    { name: 'double-breasted blazer', category: 'Blazers', cut: cut('double-breasted'), materials: ['Wool', 'Polyester'], patterns: ['plain', 'pinstriped'], colors: ['Navy Blue', 'White', 'Charcoal', 'Green', 'Pink', 'Red'], genders: ['WOMEN', 'MEN'], usages: ['Formal', 'Party'], price: [109, 249], tags: ['double-breasted', 'tailored'] },
    { name: 'bomber jacket', category: 'Jackets', cut: cut('bomber'), materials: ['Nylon', 'Satin'], patterns: ['plain'], colors: ['Olive', 'Black', 'Maroon', 'Navy Blue', 'Pink', 'Rust'], genders: ['MEN', 'WOMEN', 'UNISEX'], usages: ['Casual'], price: [69, 139], tags: ['bomber', 'zip', 'ribbed hem'] },
    { name: 'varsity jacket', category: 'Jackets', cut: cut('bomber', { contrast: true }), materials: ['Wool', 'Fleece'], patterns: ['plain'], colors: ['Blue', 'Red', 'Green', 'Black', 'Mustard'], genders: ['MEN', 'BOYS', 'UNISEX'], usages: ['Casual', 'Sports'], price: [59, 119], tags: ['varsity', 'contrast trim'] },
    { name: 'denim jacket', category: 'Jackets', cut: cut('trucker'), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Navy Blue', 'Black', 'White', 'Grey'], genders: ['MEN', 'WOMEN', 'KIDS'], usages: ['Casual'], price: [59, 119], tags: ['denim', 'trucker'] },
    { name: 'biker jacket', category: 'Jackets', cut: cut('biker'), materials: ['Leather', 'Vegan leather'], patterns: ['plain'], colors: ['Black', 'Brown', 'Burgundy', 'Red', 'Tan'], genders: ['MEN', 'WOMEN'], usages: ['Casual', 'Party'], price: [129, 299], tags: ['biker', 'leather', 'zip'] },
    { name: 'puffer jacket', category: 'Jackets', cut: cut('puffer'), materials: ['Nylon', 'Polyester'], patterns: ['plain'], colors: ['Red', 'Black', 'Yellow', 'Blue', 'Silver', 'Teal', 'Purple'], genders: ['MEN', 'WOMEN', 'KIDS'], usages: ['Casual', 'Travel'], price: [79, 189], tags: ['quilted', 'winter', 'stand collar'] },
    { name: 'quilted gilet', category: 'Jackets', cut: cut('gilet'), materials: ['Nylon'], patterns: ['plain'], colors: ['Navy Blue', 'Olive', 'Orange', 'Grey', 'Turquoise Blue'], genders: ['MEN', 'WOMEN'], usages: ['Casual', 'Travel'], price: [49, 109], tags: ['quilted', 'sleeveless', 'gilet'] },
    { name: 'track jacket', category: 'Jackets', cut: cut('track'), materials: ['Polyester'], patterns: ['plain'], colors: ['Black', 'Blue', 'Red', 'Green', 'Grey'], genders: ['MEN', 'WOMEN', 'BOYS'], usages: ['Sports'], price: [39, 85], tags: ['track', 'side stripes', 'zip'] },
    { name: 'parka', category: 'Jackets', cut: cut('parka'), materials: ['Twill', 'Canvas'], patterns: ['plain'], colors: ['Olive', 'Khaki', 'Navy Blue', 'Charcoal', 'Beige'], genders: ['MEN', 'WOMEN'], usages: ['Casual', 'Travel'], price: [99, 219], tags: ['hooded', 'winter', 'long'] },
    { name: 'hooded rain jacket', category: 'Rain Jacket', cut: cut('rain'), materials: ['Nylon', 'Rubber'], patterns: ['plain'], colors: ['Yellow', 'Navy Blue', 'Green', 'Red', 'Turquoise Blue', 'Lime Green', ...BRIGHTS], genders: ['UNISEX', 'MEN', 'WOMEN', 'KIDS'], usages: ['Travel', 'Casual'], price: [49, 119], tags: ['waterproof', 'hooded', 'rain'] },
    { name: 'belted trench coat', category: 'Jackets', cut: cut('trench'), materials: ['Twill', 'Cotton'], patterns: ['plain'], colors: ['Beige', 'Khaki', 'Black', 'Navy Blue', 'Burgundy'], genders: ['WOMEN', 'MEN'], usages: ['Smart Casual', 'Formal'], price: [119, 259], tags: ['trench', 'belted', 'long'] },
  ],
};
