// The page's sections, each at an address of its own.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { addressOf, place } from '../state/address.js';
import { SECTION_TITLES, SECTIONS } from '../state/sections.js';

export function SectionMenu(): JSX.Element {
  const menu = useRef<HTMLElement>(null);
  const { section } = place.value;
  // on a phone they are a row that is longer than the screen
  useEffect(() => {
    const [row, chosen] = [menu.current!, menu.current!.querySelector<HTMLElement>('[aria-current]')!];
    row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.clientWidth) / 2;
  }, [section]);
  return (
    <nav class="menu" aria-label="Sections" ref={menu}>
      {SECTIONS.map((one) => (
        <a key={one} href={addressOf({ section: one })} aria-current={one === section ? 'page' : undefined}>
          {SECTION_TITLES[one]}
        </a>
      ))}
    </nav>
  );
}
