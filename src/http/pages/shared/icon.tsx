// Icons for buttons, in the color of the button's text.
import type { JSX } from 'preact';

const PATHS = {
  picture: 'M4 5.5h16v13H4zM4 15l4.5-4 4 3.5 3-2.5L20 15.5M15.5 9.2h.01',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v10.5H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  close: 'M6 6l12 12M18 6L6 18',
  hanger: 'M12 10c0-1.4 2-1.6 2-3.2a2 2 0 0 0-4 0M12 10l8 6.2c1 .8.5 2.3-.8 2.3H4.8c-1.3 0-1.800-1.500-.8-2.3z',
  swap: 'M7 8h12l-3-3M17 16H5l3 3',
};

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
