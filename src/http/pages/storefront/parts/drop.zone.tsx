// Starts a search with a picture that is dropped anywhere on the page or pasted.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { showFile } from '../state/actions.js';
import { announce } from '../state/announcement.js';
import { texts } from '../words/language.js';
import { Icon } from '../../shared/icon.js';

export function DropZone(): JSX.Element | null {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      void searchWith(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => void searchWith(event.clipboardData);
    const listeners = Object.entries({ dragover: over, dragleave: leave, drop, paste }) as [string, EventListener][];
    for (const [name, listener] of listeners) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div class="drop-zone">
      <Icon name="picture" />
      <p>{texts.value.dropHere}</p>
    </div>
  );
}

async function searchWith(data: DataTransfer | null): Promise<void> {
  const file = data?.files[0];
  if (file && !(await showFile(file))) announce(texts.value.photoUnreadable);
}
