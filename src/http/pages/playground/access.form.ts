// The form for the API key and the store.
import { currentAccess, setAccess } from '../shared/access.js';
import { useEffect, useSchema } from './graphiql.js';
import type { SkuSubstitutes } from './sku.substitutes.js';

/** Renders nothing: the form is in index.html. A new key can see another schema, so the schema is loaded again. */
export function AccessForm({ skus }: { skus: SkuSubstitutes }): null {
  const { introspect } = useSchema();

  useEffect(() => {
    const form = document.getElementById('access') as HTMLFormElement;
    const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
    field('key').value = currentAccess().key;
    field('store').value = currentAccess().store;
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      setAccess({ key: field('key').value.trim(), store: field('store').value.trim() });
      introspect();
      void skus.refresh();
    };
    form.addEventListener('submit', submit);
    return () => form.removeEventListener('submit', submit);
  }, [introspect]);

  return null;
}
