/** Owns the jeans, trousers, track pants, leggings and capris on offer. */
import type { PantsCut } from '../silhouettes/pants.js';
import { EARTHS, type Rack } from '../style.js';

const cut = (style: PantsCut['style'], leg: PantsCut['leg'], rest: Partial<PantsCut> = {}): PantsCut => ({ kind: 'pants', style, leg, length: 1, detail: 'none', ...rest });

export const PANTS_RACK: Rack = {
  garmentType: 'PANTS',
  styles: [
    { name: 'slim jeans', category: 'Jeans', cut: cut('jeans', 'slim', { detail: 'faded' }), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Navy Blue', 'Grey', 'Black'], genders: ['MEN', 'WOMEN', 'BOYS'], usages: ['Casual'], price: [45, 99], tags: ['denim', 'slim', 'faded'] },
    { name: 'straight jeans', category: 'Jeans', cut: cut('jeans', 'straight'), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Black', 'White', 'Navy Blue', 'Charcoal'], genders: ['MEN', 'WOMEN'], usages: ['Casual'], price: [49, 109], tags: ['denim', 'straight'] },
    { name: 'flared jeans', category: 'Jeans', cut: cut('jeans', 'flared'), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Navy Blue', 'Off White'], genders: ['WOMEN'], usages: ['Casual', 'Party'], price: [55, 109], tags: ['denim', 'flared', 'retro'] },
    { name: 'skinny jeans', category: 'Jeans', cut: cut('jeans', 'skinny'), materials: ['Denim'], patterns: ['plain'], colors: ['Black', 'Blue', 'Red', 'Grey', 'Maroon'], genders: ['WOMEN', 'MEN', 'GIRLS'], usages: ['Casual'], price: [39, 89], tags: ['denim', 'skinny'] },
    { name: 'tailored trousers', category: 'Trousers', cut: cut('trousers', 'straight'), materials: ['Wool', 'Polyester'], patterns: ['plain', 'pinstriped'], colors: ['Grey', 'Black', 'Navy Blue', 'Charcoal', 'Beige', 'Brown'], genders: ['MEN', 'WOMEN'], usages: ['Formal'], price: [59, 129], tags: ['tailored', 'pressed crease', 'office'] },
    { name: 'wide-leg trousers', category: 'Trousers', cut: cut('trousers', 'wide'), materials: ['Linen', 'Viscose'], patterns: ['plain', 'pinstriped'], colors: ['White', 'Cream', 'Rust', 'Teal', 'Green', 'Red'], genders: ['WOMEN'], usages: ['Smart Casual', 'Casual'], price: [49, 99], tags: ['wide leg', 'summer'] },
    { name: 'chinos', category: 'Trousers', cut: cut('chinos', 'slim', { detail: 'turn-ups' }), materials: ['Twill', 'Cotton'], patterns: ['plain'], colors: [...EARTHS, 'Navy Blue', 'Maroon', 'Green'], genders: ['MEN', 'BOYS'], usages: ['Casual', 'Smart Casual'], price: [39, 79], tags: ['chino', 'turn-ups'] },
    { name: 'checked trousers', category: 'Trousers', cut: cut('trousers', 'slim'), materials: ['Wool'], patterns: ['tartan', 'checked'], colors: ['Grey', 'Brown', 'Navy Blue', 'Burgundy'], genders: ['MEN', 'WOMEN'], usages: ['Smart Casual'], price: [55, 109], tags: ['checked'] },
    { name: 'cargo trousers', category: 'Trousers', cut: cut('cargo', 'wide'), materials: ['Canvas', 'Twill'], patterns: ['plain'], colors: ['Olive', 'Khaki', 'Black', 'Mustard', 'Grey'], genders: ['MEN', 'UNISEX'], usages: ['Casual', 'Travel'], price: [45, 89], tags: ['cargo', 'pockets'] },
    { name: 'track pants', category: 'Track Pants', cut: cut('track', 'straight', { detail: 'double-stripe' }), materials: ['Polyester'], patterns: ['plain'], colors: ['Black', 'Navy Blue', 'Grey', 'Red', 'Green'], genders: ['MEN', 'WOMEN', 'BOYS'], usages: ['Sports'], price: [29, 59], tags: ['side stripes', 'drawstring'] },
    { name: 'joggers', category: 'Track Pants', cut: cut('joggers', 'slim'), materials: ['Fleece', 'Organic cotton'], patterns: ['plain'], colors: ['Grey Melange', 'Olive', 'Black', 'Purple', 'Blue', 'Pink'], genders: ['MEN', 'WOMEN', 'KIDS'], usages: ['Sports', 'Home'], price: [29, 59], tags: ['cuffed', 'drawstring'] },
    { name: 'leggings', category: 'Leggings', cut: cut('leggings', 'skinny'), materials: ['Cotton', 'Viscose'], patterns: ['plain', 'floral'], colors: ['Black', 'Pink', 'Purple', 'Turquoise Blue', 'Yellow', 'Orange', 'White'], genders: ['WOMEN', 'GIRLS'], usages: ['Casual', 'Sports'], price: [15, 39], tags: ['stretch', 'skinny'] },
    { name: 'capri pants', category: 'Capris', cut: cut('chinos', 'straight', { length: 0.68 }), materials: ['Cotton', 'Linen'], patterns: ['plain', 'checked', 'striped'], colors: ['White', 'Beige', 'Blue', 'Pink', 'Lavender', 'Green'], genders: ['WOMEN'], usages: ['Casual'], price: [29, 55], tags: ['cropped', 'summer'] },
    { name: 'drawstring capris', category: 'Capris', cut: cut('joggers', 'slim', { length: 0.64 }), materials: ['Cotton'], patterns: ['plain'], colors: ['Black', 'Grey', 'Magenta', 'Navy Blue'], genders: ['WOMEN'], usages: ['Sports', 'Home'], price: [22, 45], tags: ['cropped', 'drawstring'] },
  ],
};
