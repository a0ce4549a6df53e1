/** Owns the sweaters and sweatshirts on offer. */
import type { KnitCut } from '../silhouettes/knit.js';
import { DEEPS, EARTHS, type Rack } from '../style.js';

const cut = (neckline: KnitCut['neckline'], rest: Partial<KnitCut> = {}): KnitCut => ({ kind: 'knit', neckline, sleeveless: false, ease: 1, length: 1, detail: 'none', contrast: false, ...rest });

export const KNIT_RACK: Rack = {
  garmentType: 'LONG_SLEEVE',
  styles: [
    { name: 'crew-neck sweater', category: 'Sweaters', cut: cut('crew'), materials: ['Merino wool', 'Lambswool', 'Cotton knit'], patterns: ['plain', 'striped'], colors: ['Navy Blue', 'Mustard', 'Green', 'Grey', ...DEEPS], genders: ['MEN', 'WOMEN'], usages: ['Casual', 'Smart Casual'], price: [45, 99], tags: ['crew neck', 'knit', 'winter'] },
    { name: 'V-neck sweater', category: 'Sweaters', cut: cut('v'), materials: ['Merino wool', 'Cashmere'], patterns: ['plain'], colors: ['Blue', 'Burgundy', 'Charcoal', 'Beige', 'Purple', 'Black'], genders: ['MEN', 'WOMEN'], usages: ['Smart Casual', 'Formal'], price: [49, 129], tags: ['v-neck', 'knit'] },
    { name: 'tipped V-neck sweater', category: 'Sweaters', cut: cut('v', { contrast: true }), materials: ['Cotton knit'], patterns: ['plain'], colors: ['Cream', 'Navy Blue', 'White', 'Maroon'], genders: ['MEN'], usages: ['Smart Casual', 'Sports'], price: [45, 85], tags: ['v-neck', 'contrast trim'] },
    { name: 'cable-knit turtleneck sweater', category: 'Sweaters', cut: cut('turtle', { detail: 'cable', ease: 1.04 }), materials: ['Lambswool'], patterns: ['plain'], colors: ['Cream', 'Grey', 'Rust', 'Teal', 'Off White', 'Red'], genders: ['WOMEN', 'MEN'], usages: ['Casual'], price: [59, 129], tags: ['cable knit', 'turtleneck', 'winter'] },
    { name: 'ribbed turtleneck', category: 'Sweaters', cut: cut('turtle', { ease: 0.95 }), materials: ['Ribbed cotton'], patterns: ['plain'], colors: ['Black', 'White', 'Brown', 'Mauve', 'Sea Green'], genders: ['WOMEN'], usages: ['Casual', 'Smart Casual'], price: [35, 69], tags: ['turtleneck', 'ribbed'] },
    { name: 'cardigan', category: 'Sweaters', cut: cut('cardigan'), materials: ['Merino wool', 'Cotton knit'], patterns: ['plain'], colors: ['Beige', 'Pink', 'Lavender', 'Blue', 'Green', 'Black'], genders: ['WOMEN', 'MEN', 'GIRLS'], usages: ['Casual'], price: [39, 89], tags: ['cardigan', 'buttoned', 'knit'] },
    { name: 'argyle sweater vest', category: 'Sweaters', cut: cut('v', { sleeveless: true, detail: 'lozenges' }), materials: ['Lambswool'], patterns: ['plain'], colors: ['Grey', 'Navy Blue', 'Olive', 'Lavender'], genders: ['MEN', 'WOMEN'], usages: ['Smart Casual'], price: [39, 79], tags: ['argyle', 'vest', 'sleeveless'] },
    { name: 'half-zip sweater', category: 'Sweaters', cut: cut('half-zip'), materials: ['Merino wool', 'Fleece'], patterns: ['plain'], colors: ['Green', 'Navy Blue', 'Charcoal', 'Tan'], genders: ['MEN'], usages: ['Casual', 'Travel'], price: [49, 99], tags: ['half-zip', 'stand collar'] },
    { name: 'hoodie', category: 'Sweatshirts', cut: cut('hood', { detail: 'kangaroo', ease: 1.05 }), materials: ['Fleece', 'Organic cotton'], patterns: ['plain'], colors: ['Grey Melange', 'Black', 'Red', 'Teal', 'Yellow', 'Navy Blue', 'Pink'], genders: ['MEN', 'WOMEN', 'UNISEX', 'KIDS'], usages: ['Casual', 'Sports'], price: [35, 75], tags: ['hooded', 'kangaroo pocket'] },
    { name: 'zip hoodie', category: 'Sweatshirts', cut: cut('zip-hood', { ease: 1.03 }), materials: ['Fleece', 'Cotton'], patterns: ['plain'], colors: ['Charcoal', 'Blue', 'Purple', 'Olive', 'Maroon'], genders: ['MEN', 'WOMEN', 'BOYS'], usages: ['Casual', 'Sports'], price: [39, 79], tags: ['hooded', 'zip'] },
    { name: 'crew sweatshirt', category: 'Sweatshirts', cut: cut('crew', { ease: 1.05 }), materials: ['Cotton', 'Fleece'], patterns: ['plain'], colors: ['Grey', 'Green', 'Orange', 'Off White', 'Peach', ...EARTHS], genders: ['UNISEX', 'MEN', 'WOMEN'], usages: ['Casual', 'Home'], price: [29, 59], tags: ['crew neck', 'relaxed'] },
    { name: 'chest-stripe sweatshirt', category: 'Sweatshirts', cut: cut('crew', { detail: 'chest-stripes', ease: 1.03 }), materials: ['Cotton'], patterns: ['plain'], colors: ['Maroon', 'Navy Blue', 'White', 'Black', 'Turquoise Blue'], genders: ['MEN', 'BOYS', 'WOMEN'], usages: ['Casual', 'Sports'], price: [32, 65], tags: ['retro', 'striped chest'] },
  ],
};
