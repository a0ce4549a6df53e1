// Choice of the cut of a cap or hat.
import type { Part } from '../parts.js';
import { brimmed, type BrimmedStyle, bucket } from './hat.brim.js';
import { beanie, cap, flatCap, visor } from './hat.cap.js';

export interface HatCut {
  kind: 'hat';
  style: 'baseball' | 'trucker' | 'flat' | 'beanie' | 'bucket' | 'visor' | BrimmedStyle;
  detail: 'none' | 'badge' | 'stripe' | 'pompom' | 'bow';
}

export function hat(cut: HatCut): Part[] {
  switch (cut.style) {
    case 'baseball':
    case 'trucker':
      return cap(cut);
    case 'visor':
      return visor();
    case 'flat':
      return flatCap();
    case 'beanie':
      return beanie(cut);
    case 'bucket':
      return bucket(cut);
    case 'fedora':
    case 'sun':
    case 'boater':
    case 'cloche':
      return brimmed(cut.style, cut.detail);
  }
}
