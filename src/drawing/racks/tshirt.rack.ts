/** Owns the T-shirts on offer. */
import type { TshirtCut } from '../silhouettes/tshirt.js';
import { BASICS, BRIGHTS, DEEPS, EARTHS, PASTELS, type Rack, type Style } from '../style.js';

const cut = (neckline: TshirtCut['neckline'], sleeve: TshirtCut['sleeve'], rest: Partial<TshirtCut> = {}): TshirtCut => ({ kind: 'tshirt', neckline, sleeve, ease: 1, length: 1, contrast: 'none', motif: 'none', pocket: false, ...rest });
const tee = (style: Omit<Style, 'category' | 'usages'> & Partial<Pick<Style, 'usages'>>): Style => ({ category: 'Tshirts', usages: ['Casual'], ...style });

export const TSHIRT_RACK: Rack = {
  garmentType: 'T_SHIRT',
  styles: [
    tee({ name: 'crew-neck T-shirt', cut: cut('crew', 'short'), materials: ['Cotton', 'Organic cotton'], patterns: ['plain'], colors: ['White', ...BASICS, ...BRIGHTS, ...DEEPS], genders: ['MEN', 'UNISEX', 'WOMEN'], price: [12, 29], tags: ['crew neck', 'basic'] }),
    tee({ name: 'V-neck T-shirt', cut: cut('v', 'short', { ease: 0.96 }), materials: ['Cotton', 'Viscose'], patterns: ['plain'], colors: ['White', 'Black', 'Grey Melange', 'Maroon', 'Teal', 'Olive', 'Pink'], genders: ['MEN', 'WOMEN'], price: [14, 32], tags: ['v-neck', 'basic'] }),
    tee({ name: 'Breton T-shirt', cut: cut('crew', 'long', { length: 0.98 }), materials: ['Cotton', 'Organic cotton'], patterns: ['striped'], colors: ['White', 'Navy Blue', 'Red', 'Cream'], genders: ['WOMEN', 'MEN'], price: [25, 49], tags: ['striped', 'long-sleeve', 'breton'] }),
    tee({ name: 'striped T-shirt', cut: cut('crew', 'short'), materials: ['Cotton'], patterns: ['striped'], colors: ['Blue', 'White', 'Green', 'Grey', 'Yellow', 'Rust'], genders: ['MEN', 'BOYS', 'GIRLS'], price: [14, 29], tags: ['striped', 'crew neck'] }),
    tee({ name: 'polo T-shirt', cut: cut('polo', 'short'), materials: ['Cotton'], patterns: ['plain', 'striped'], colors: ['Navy Blue', 'Red', 'White', 'Green', 'Purple', 'Orange', 'Black', 'Turquoise Blue'], genders: ['MEN', 'BOYS'], usages: ['Casual', 'Smart Casual'], price: [25, 55], tags: ['polo', 'collar'] }),
    tee({ name: 'tipped polo T-shirt', cut: cut('polo', 'short', { contrast: 'trim' }), materials: ['Cotton'], patterns: ['plain'], colors: ['White', 'Navy Blue', 'Maroon', 'Sea Green', 'Yellow'], genders: ['MEN'], usages: ['Smart Casual', 'Sports'], price: [29, 59], tags: ['polo', 'contrast collar'] }),
    tee({ name: 'henley T-shirt', cut: cut('henley', 'long'), materials: ['Cotton', 'Ribbed cotton'], patterns: ['plain'], colors: ['Olive', 'Grey', 'Cream', 'Charcoal', ...EARTHS], genders: ['MEN'], price: [22, 42], tags: ['henley', 'long-sleeve'] }),
    tee({ name: 'raglan T-shirt', cut: cut('crew', 'elbow', { contrast: 'raglan' }), materials: ['Cotton'], patterns: ['plain'], colors: ['White', 'Grey Melange', 'Cream'], genders: ['MEN', 'WOMEN', 'KIDS'], usages: ['Casual', 'Sports'], price: [18, 35], tags: ['raglan', 'two-tone'] }),
    tee({ name: 'scoop-neck top', cut: cut('scoop', 'cap', { length: 0.96 }), materials: ['Viscose', 'Cotton'], patterns: ['plain', 'dotted', 'floral'], colors: [...PASTELS, 'Magenta', 'Blue', 'Black'], genders: ['WOMEN'], price: [15, 35], tags: ['scoop neck', 'cap sleeves'] }),
    tee({ name: 'sleeveless T-shirt', cut: cut('scoop', 'none', { ease: 0.98 }), materials: ['Cotton', 'Ribbed cotton'], patterns: ['plain', 'floral'], colors: ['Yellow', 'White', 'Black', 'Peach', 'Lime Green', 'Turquoise Blue'], genders: ['WOMEN'], price: [10, 25], tags: ['sleeveless', 'summer'] }),
    tee({ name: 'sunset print T-shirt', cut: cut('crew', 'short', { motif: 'sun' }), materials: ['Cotton', 'Organic cotton'], patterns: ['plain'], colors: ['Teal', 'Navy Blue', 'Black', 'Purple', 'Charcoal'], genders: ['MEN', 'WOMEN', 'UNISEX'], price: [19, 35], tags: ['printed', 'graphic'] }),
    tee({ name: 'mountain print T-shirt', cut: cut('crew', 'short', { motif: 'peaks' }), materials: ['Cotton'], patterns: ['plain'], colors: ['Olive', 'Black', 'Blue', 'Grey', 'Mustard'], genders: ['MEN', 'BOYS'], price: [17, 35], tags: ['printed', 'graphic', 'outdoor'] }),
    tee({ name: 'wave print T-shirt', cut: cut('crew', 'short', { motif: 'waves' }), materials: ['Cotton'], patterns: ['plain'], colors: ['White', 'Blue', 'Turquoise Blue', 'Peach'], genders: ['WOMEN', 'GIRLS', 'KIDS'], price: [14, 32], tags: ['printed', 'graphic', 'summer'] }),
    tee({ name: 'training T-shirt', cut: cut('crew', 'short', { ease: 0.97, motif: 'badge', contrast: 'chest-band' }), materials: ['Polyester', 'Mesh'], patterns: ['plain'], colors: ['Fluorescent Green', 'Red', 'Black', 'Orange', 'Blue'], genders: ['MEN', 'WOMEN'], usages: ['Sports'], price: [22, 45], tags: ['training', 'quick-dry'] }),
    tee({ name: 'pocket T-shirt', cut: cut('crew', 'short', { pocket: true, ease: 1.05 }), materials: ['Organic cotton', 'Linen'], patterns: ['plain'], colors: ['White', 'Khaki', 'Rust', 'Sea Green', 'Lavender', 'Mustard'], genders: ['UNISEX', 'MEN'], price: [18, 38], tags: ['pocket', 'relaxed'] }),
  ],
};
