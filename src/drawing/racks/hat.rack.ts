/** Owns the caps and hats on offer. */
import type { HatCut } from '../silhouettes/hat.js';
import { BASICS, BRIGHTS, EARTHS, type Rack } from '../style.js';

const cut = (style: HatCut['style'], detail: HatCut['detail'] = 'none'): HatCut => ({ kind: 'hat', style, detail });

export const HAT_RACK: Rack = {
  garmentType: 'HAT',
  styles: [
    { name: 'baseball cap', category: 'Caps', cut: cut('baseball'), materials: ['Cotton', 'Twill'], patterns: ['plain'], colors: [...BASICS, 'Red', 'Olive', 'Pink', 'Beige'], genders: ['UNISEX', 'MEN'], usages: ['Casual', 'Sports'], price: [15, 29], tags: ['baseball', 'adjustable'] },
    { name: 'badge cap', category: 'Caps', cut: cut('baseball', 'badge'), materials: ['Cotton'], patterns: ['plain'], colors: ['Navy Blue', 'Mustard', 'Green', 'Maroon', 'Black'], genders: ['MEN', 'UNISEX', 'BOYS'], usages: ['Casual'], price: [17, 32], tags: ['baseball', 'badge'] },
    { name: 'two-tone cap', category: 'Caps', cut: cut('baseball', 'stripe'), materials: ['Cotton', 'Twill'], patterns: ['plain'], colors: ['White', 'Grey', 'Blue', 'Khaki'], genders: ['UNISEX', 'KIDS'], usages: ['Casual', 'Sports'], price: [15, 29], tags: ['baseball', 'two-tone'] },
    { name: 'trucker cap', category: 'Caps', cut: cut('trucker', 'badge'), materials: ['Mesh', 'Polyester'], patterns: ['plain'], colors: ['Blue', 'Red', 'Black', 'Orange', 'Green'], genders: ['MEN', 'UNISEX'], usages: ['Casual'], price: [16, 29], tags: ['trucker', 'mesh'] },
    { name: 'flat cap', category: 'Caps', cut: cut('flat'), materials: ['Wool', 'Linen'], patterns: ['plain', 'tartan', 'checked'], colors: ['Grey', 'Brown', 'Olive', 'Navy Blue', 'Beige'], genders: ['MEN'], usages: ['Casual', 'Smart Casual'], price: [25, 49], tags: ['flat cap', 'winter'] },
    { name: 'beanie', category: 'Caps', cut: cut('beanie'), materials: ['Lambswool', 'Cotton knit'], patterns: ['plain'], colors: ['Charcoal', 'Mustard', 'Red', 'Teal', ...EARTHS], genders: ['UNISEX', 'MEN', 'WOMEN'], usages: ['Casual'], price: [15, 35], tags: ['beanie', 'knit', 'winter'] },
    { name: 'pompom beanie', category: 'Caps', cut: cut('beanie', 'pompom'), materials: ['Lambswool'], patterns: ['plain'], colors: ['Pink', 'White', 'Blue', 'Purple', 'Grey'], genders: ['WOMEN', 'KIDS', 'GIRLS'], usages: ['Casual'], price: [17, 35], tags: ['beanie', 'pompom', 'winter'] },
    { name: 'striped beanie', category: 'Caps', cut: cut('beanie', 'stripe'), materials: ['Cotton knit'], patterns: ['plain'], colors: ['Navy Blue', 'Black', 'Green', 'Orange'], genders: ['UNISEX', 'BOYS'], usages: ['Casual', 'Sports'], price: [14, 29], tags: ['beanie', 'striped', 'winter'] },
    { name: 'sun visor', category: 'Caps', cut: cut('visor'), materials: ['Cotton', 'Polyester'], patterns: ['plain'], colors: ['White', 'Pink', 'Turquoise Blue', 'Yellow'], genders: ['WOMEN', 'UNISEX'], usages: ['Sports'], price: [12, 25], tags: ['visor', 'summer', 'tennis'] },
    { name: 'bucket hat', category: 'Hat', cut: cut('bucket'), materials: ['Cotton', 'Denim', 'Corduroy'], patterns: ['plain', 'checked', 'floral', 'tartan'], colors: ['Black', 'Khaki', 'Yellow', 'Lavender', 'Blue', 'Rust', ...BRIGHTS], genders: ['UNISEX', 'WOMEN', 'KIDS'], usages: ['Casual', 'Travel'], price: [18, 35], tags: ['bucket', 'summer'] },
    { name: 'fedora', category: 'Hat', cut: cut('fedora'), materials: ['Felt', 'Wool'], patterns: ['plain'], colors: ['Brown', 'Black', 'Grey', 'Tan', 'Burgundy', 'Navy Blue'], genders: ['MEN', 'WOMEN'], usages: ['Smart Casual', 'Party'], price: [39, 79], tags: ['fedora', 'ribbon'] },
    { name: 'sun hat', category: 'Hat', cut: cut('sun', 'bow'), materials: ['Straw'], patterns: ['plain'], colors: ['Beige', 'Cream', 'Tan', 'Peach', 'White'], genders: ['WOMEN'], usages: ['Travel', 'Casual'], price: [25, 55], tags: ['wide brim', 'straw', 'summer'] },
    { name: 'boater', category: 'Hat', cut: cut('boater', 'bow'), materials: ['Straw'], patterns: ['plain'], colors: ['Beige', 'Cream', 'Mustard'], genders: ['UNISEX', 'MEN', 'WOMEN'], usages: ['Party', 'Travel'], price: [29, 59], tags: ['boater', 'straw', 'summer'] },
    { name: 'cloche hat', category: 'Hat', cut: cut('cloche', 'bow'), materials: ['Felt'], patterns: ['plain'], colors: ['Maroon', 'Purple', 'Teal', 'Black', 'Rose', 'Red'], genders: ['WOMEN'], usages: ['Party', 'Smart Casual'], price: [35, 69], tags: ['cloche', 'winter', 'vintage'] },
  ],
};
