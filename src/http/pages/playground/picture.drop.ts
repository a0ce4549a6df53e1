// Puts a dropped or chosen picture into the variables of the open query.
import { openableExample, type Example, type OpenableQuery } from './examples.js';
import { useEditor, useEffect, useExecution } from './graphiql.js';
import { shrinkPicture, withPicture } from './picture.variables.js';

interface PictureDropProps {
  /** The example to open when the open query has no picture variable. */
  example: Example | undefined;
  open: (target: OpenableQuery) => void;
}

/** Renders nothing. It listens to the file field and to drops anywhere on the page. */
export function PictureDrop({ example, open }: PictureDropProps): null {
  const { queryEditor, variableEditor } = useEditor();
  const { run } = useExecution();

  const insertPicture = async (file: File | undefined): Promise<void> => {
    if (!file?.type.startsWith('image/')) return showStatus('This file is not a picture.');
    try {
      const base64 = await shrinkPicture(file);
      showStatus(`${file.name}: sending ${Math.round(base64.length / 1000)} kB.`);
      const variables = withPicture(variableEditor?.getValue() ?? '', base64);
      if (variables !== null) {
        variableEditor?.setValue(variables);
        if (!/^\s*mutation\b/.test(queryEditor?.getValue() ?? '')) void run();
      } else if (example) {
        const photo = JSON.stringify({ photo: base64 }, null, 2);
        open({ ...openableExample(example), variables: photo, source: 'picture' });
      }
    } catch {
      showStatus('The browser could not read this picture.');
    }
  };

  useEffect(() => listenForPictures((file) => void insertPicture(file)));
  return null;
}

/** Calls `onPicture` for each file that is chosen or dropped. Returns a function that stops it. */
function listenForPictures(onPicture: (file: File | undefined) => void): () => void {
  const input = document.getElementById('picture') as HTMLInputElement;
  const choose = (): void => {
    onPicture(input.files?.[0]);
    input.value = '';
  };
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.body.classList.toggle('dropping', event.type === 'dragover');
  };
  const drop = (event: DragEvent): void => {
    drag(event);
    if (event.dataTransfer?.files.length) onPicture(event.dataTransfer.files[0]);
  };
  const listeners = { dragover: drag, dragleave: drag, drop } as const;
  const names = Object.keys(listeners) as (keyof typeof listeners)[];
  input.addEventListener('change', choose);
  // in the capture phase: the editor would insert a dropped file as text
  for (const name of names) window.addEventListener(name, listeners[name], true);
  return () => {
    input.removeEventListener('change', choose);
    for (const name of names) window.removeEventListener(name, listeners[name], true);
  };
}

function showStatus(text: string): void {
  document.getElementById('picture-status')!.textContent = text;
}
