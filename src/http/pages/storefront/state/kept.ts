// What the browser keeps for the page between visits; a browser that keeps nothing for pages keeps it until this one is left.

export function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param value null drops it */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(name);
    else window.localStorage.setItem(name, value);
  } catch {
    // as above
  }
}
