/** Owns the skirts on offer. */
import type { SkirtCut } from '../silhouettes/skirt.js';
import { BRIGHTS, DEEPS, type Rack, type Style } from '../style.js';

const cut = (style: SkirtCut['style'], length: SkirtCut['length']): SkirtCut => ({ kind: 'skirt', style, length });
const style = (rest: Omit<Style, 'category' | 'genders'> & Partial<Pick<Style, 'genders'>>): Style => ({ category: 'Skirts', genders: ['WOMEN'], ...rest });

export const SKIRT_RACK: Rack = {
  garmentType: 'SKIRT',
  styles: [
    style({ name: 'A-line skirt', cut: cut('a-line', 'knee'), materials: ['Cotton', 'Wool', 'Corduroy'], patterns: ['plain', 'checked', 'tartan'], colors: ['Red', 'Navy Blue', 'Mustard', 'Green', 'Brown', ...DEEPS], usages: ['Casual', 'Smart Casual'], price: [29, 65], tags: ['a-line', 'knee-length'] }),
    style({ name: 'floral midi skirt', cut: cut('a-line', 'midi'), materials: ['Viscose', 'Cotton'], patterns: ['floral'], colors: ['Navy Blue', 'Cream', 'Pink', 'Black', 'Green', 'Turquoise Blue'], usages: ['Casual'], price: [35, 69], tags: ['midi', 'summer'] }),
    style({ name: 'pencil skirt', cut: cut('pencil', 'knee'), materials: ['Wool', 'Polyester', 'Leather'], patterns: ['plain', 'pinstriped'], colors: ['Black', 'Grey', 'Navy Blue', 'Burgundy', 'Beige'], usages: ['Formal'], price: [39, 89], tags: ['pencil', 'office'] }),
    style({ name: 'pleated midi skirt', cut: cut('pleated', 'midi'), materials: ['Polyester', 'Satin'], patterns: ['plain'], colors: ['Green', 'Gold', 'Pink', 'Silver', 'Teal', 'Rust'], usages: ['Smart Casual', 'Party'], price: [39, 85], tags: ['pleated', 'midi'] }),
    style({ name: 'pleated mini skirt', cut: cut('pleated', 'mini'), materials: ['Wool', 'Polyester'], patterns: ['tartan', 'plain'], colors: ['Red', 'Green', 'Navy Blue', 'White', 'Grey'], genders: ['WOMEN', 'GIRLS'], usages: ['Casual'], price: [25, 55], tags: ['pleated', 'mini'] }),
    style({ name: 'tiered maxi skirt', cut: cut('tiered', 'maxi'), materials: ['Cotton', 'Chiffon'], patterns: ['plain', 'floral'], colors: ['White', 'Orange', 'Turquoise Blue', 'Maroon', 'Yellow'], usages: ['Casual', 'Ethnic', 'Travel'], price: [39, 79], tags: ['maxi', 'tiered', 'boho'] }),
    style({ name: 'circle skirt', cut: cut('circle', 'knee'), materials: ['Cotton', 'Poplin'], patterns: ['dotted', 'plain', 'checked', 'floral'], colors: ['Black', 'Red', 'Blue', 'Yellow', 'Purple', 'White'], genders: ['WOMEN', 'GIRLS'], usages: ['Casual', 'Party'], price: [29, 59], tags: ['circle', 'full', 'retro'] }),
    style({ name: 'wrap skirt', cut: cut('wrap', 'midi'), materials: ['Linen', 'Viscose'], patterns: ['plain', 'striped', 'floral'], colors: ['Beige', 'Olive', 'Peach', 'Blue', 'Rust', 'Black'], usages: ['Casual', 'Travel'], price: [35, 69], tags: ['wrap', 'midi', 'tie'] }),
    style({ name: 'denim mini skirt', cut: cut('denim', 'mini'), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Black', 'White', 'Navy Blue'], usages: ['Casual'], price: [29, 55], tags: ['denim', 'mini', 'button front'] }),
    style({ name: 'button-front skirt', cut: cut('denim', 'knee'), materials: ['Suede', 'Corduroy'], patterns: ['plain'], colors: ['Tan', 'Brown', 'Mustard', 'Green', 'Rose'], usages: ['Casual'], price: [35, 75], tags: ['button front', 'retro'] }),
    style({ name: 'satin slip skirt', cut: cut('slip', 'midi'), materials: ['Satin', 'Silk'], patterns: ['plain'], colors: ['Cream', 'Lavender', 'Bronze', 'Black', 'Sea Green', 'Magenta'], usages: ['Party', 'Smart Casual'], price: [39, 99], tags: ['slip', 'midi', 'evening'] }),
    style({ name: 'twirl skirt', cut: cut('tiered', 'mini'), materials: ['Cotton'], patterns: ['dotted', 'plain', 'striped'], colors: [...BRIGHTS], genders: ['GIRLS'], usages: ['Casual', 'Party'], price: [18, 35], tags: ['tiered', 'twirl'] }),
  ],
};
