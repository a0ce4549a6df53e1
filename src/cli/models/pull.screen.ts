// Progress output of `models pull`: a bar on a terminal, a line every five seconds elsewhere.
import { SingleBar } from 'cli-progress';
import { megabytes } from './download.js';

export interface PullScreen {
  add(bytes: number): void;
  stop(): void;
}

const PLAIN_LINE_EVERY_MS = 5_000;

/** Starts the progress output. @param total size of all files in bytes */
export function startScreen(name: string, total: number, stream: NodeJS.WriteStream): PullScreen {
  let done = 0;
  if (!stream.isTTY) {
    let lastAt = performance.now();
    stream.write(`${name}: ${megabytes(total)}\n`);
    return {
      add(bytes) {
        done += bytes;
        if (performance.now() - lastAt < PLAIN_LINE_EVERY_MS) return;
        lastAt = performance.now();
        stream.write(`${name}: ${megabytes(done)} of ${megabytes(total)}\n`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: `${name} {bar} {percentage} % · {done} of ${megabytes(total)} · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    stream,
  });
  bar.start(total, 0, { done: megabytes(0) });
  return {
    add: (bytes) => bar.update((done += bytes), { done: megabytes(done) }),
    stop: () => bar.stop(),
  };
}
