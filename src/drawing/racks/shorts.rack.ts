/** Owns the shorts on offer. */
import type { ShortsCut } from '../silhouettes/shorts.js';
import { BRIGHTS, EARTHS, type Rack, type Style } from '../style.js';

const cut = (style: ShortsCut['style'], length: ShortsCut['length'], rest: Partial<ShortsCut> = {}): ShortsCut => ({ kind: 'shorts', style, length, detail: 'none', ease: 1, ...rest });
const style = (rest: Omit<Style, 'category'>): Style => ({ category: 'Shorts', ...rest });

export const SHORTS_RACK: Rack = {
  garmentType: 'SHORTS',
  styles: [
    style({ name: 'chino shorts', cut: cut('chino', 'knee'), materials: ['Twill', 'Cotton'], patterns: ['plain'], colors: [...EARTHS, 'Navy Blue', 'Red', 'Sea Green'], genders: ['MEN', 'BOYS'], usages: ['Casual'], price: [29, 55], tags: ['chino', 'knee-length', 'summer'] }),
    style({ name: 'checked shorts', cut: cut('chino', 'knee', { ease: 1.03 }), materials: ['Cotton'], patterns: ['tartan', 'checked'], colors: ['Blue', 'Red', 'Grey', 'Green', 'Maroon', 'Beige'], genders: ['MEN', 'BOYS'], usages: ['Casual'], price: [25, 49], tags: ['checked', 'knee-length'] }),
    style({ name: 'denim shorts', cut: cut('denim', 'hot', { detail: 'turn-ups' }), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Navy Blue', 'Black', 'White'], genders: ['WOMEN', 'GIRLS'], usages: ['Casual'], price: [25, 49], tags: ['denim', 'turn-ups', 'summer'] }),
    style({ name: 'denim bermuda shorts', cut: cut('denim', 'knee'), materials: ['Denim'], patterns: ['plain'], colors: ['Blue', 'Grey', 'Black'], genders: ['MEN', 'BOYS'], usages: ['Casual'], price: [32, 59], tags: ['denim', 'knee-length'] }),
    style({ name: 'running shorts', cut: cut('running', 'mid', { detail: 'stripe' }), materials: ['Polyester', 'Mesh'], patterns: ['plain'], colors: ['Black', 'Red', 'Blue', 'Fluorescent Green', 'Orange', 'Purple'], genders: ['MEN', 'WOMEN'], usages: ['Sports'], price: [19, 39], tags: ['running', 'side stripe'] }),
    style({ name: 'basketball shorts', cut: cut('running', 'knee', { detail: 'double-stripe', ease: 1.06 }), materials: ['Mesh', 'Polyester'], patterns: ['plain'], colors: ['Navy Blue', 'Red', 'Green', 'Black', 'Yellow'], genders: ['MEN', 'BOYS'], usages: ['Sports'], price: [22, 42], tags: ['basketball', 'side stripes'] }),
    style({ name: 'cargo shorts', cut: cut('cargo', 'knee', { ease: 1.03 }), materials: ['Canvas', 'Twill'], patterns: ['plain'], colors: ['Khaki', 'Olive', 'Black', 'Beige', 'Grey'], genders: ['MEN', 'BOYS'], usages: ['Casual', 'Travel'], price: [32, 59], tags: ['cargo', 'pockets'] }),
    style({ name: 'sweat shorts', cut: cut('sweat', 'mid'), materials: ['Fleece', 'Cotton'], patterns: ['plain'], colors: ['Grey Melange', 'Lavender', 'Teal', 'Pink', 'Charcoal', 'Peach'], genders: ['UNISEX', 'WOMEN', 'KIDS'], usages: ['Home', 'Sports'], price: [19, 35], tags: ['drawstring', 'relaxed'] }),
    style({ name: 'tailored shorts', cut: cut('tailored', 'mid'), materials: ['Linen', 'Viscose'], patterns: ['plain', 'pinstriped', 'checked'], colors: ['White', 'Cream', 'Mustard', 'Rust', 'Green', 'Black'], genders: ['WOMEN'], usages: ['Smart Casual', 'Casual'], price: [29, 59], tags: ['tailored', 'summer'] }),
    style({ name: 'swim shorts', cut: cut('board', 'mid'), materials: ['Nylon', 'Polyester'], patterns: ['floral', 'striped', 'plain'], colors: ['Turquoise Blue', 'Blue', 'Orange', 'Navy Blue', ...BRIGHTS], genders: ['MEN', 'BOYS'], usages: ['Travel', 'Sports'], price: [22, 49], tags: ['swim', 'beach', 'summer'] }),
    style({ name: 'floral shorts', cut: cut('sweat', 'hot'), materials: ['Viscose', 'Cotton'], patterns: ['floral', 'dotted'], colors: ['Navy Blue', 'White', 'Pink', 'Black', 'Yellow', 'Coffee Brown'], genders: ['WOMEN', 'GIRLS'], usages: ['Casual', 'Home'], price: [18, 35], tags: ['summer', 'drawstring'] }),
  ],
};
