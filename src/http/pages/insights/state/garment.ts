// The garment in the dialog.
import { signal } from '@preact/signals';

export const openedSku = signal<string | null>(null);

export function openGarment(sku: string): void {
  openedSku.value = sku;
}

export function closeGarment(): void {
  openedSku.value = null;
}
