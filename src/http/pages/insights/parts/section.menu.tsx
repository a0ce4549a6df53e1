// The menu of the page's sections.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { addressOf, currentView } from '../state/address.js';
import { SECTION_TITLES, SECTIONS } from '../state/sections.js';

export function SectionMenu(): JSX.Element {
  const menu = useRef<HTMLElement>(null);
  const { section } = currentView.value;
  // on a phone the menu is a row wider than the screen: scroll to the current section
  useEffect(() => {
    const [row, chosen] = [menu.current!, menu.current!.querySelector<HTMLElement>('[aria-current]')!];
    row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.clientWidth) / 2;
  }, [section]);
  return (
    <nav class="menu" aria-label="Sections" ref={menu}>
      {SECTIONS.map((name) => (
        <a key={name} href={addressOf({ section: name })} aria-current={name === section ? 'page' : undefined}>
          {SECTION_TITLES[name]}
        </a>
      ))}
    </nav>
  );
}
