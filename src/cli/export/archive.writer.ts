// Owns a tar that is written as it comes, packed or not, and appears under its name only when it is whole. Knows no catalog.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

export class ArchiveWriter {
  private readonly archive: Pack = pack();
  private readonly written: Promise<void>;

  /** @param path ends with .gz or .tgz where it is to be packed */
  constructor(private readonly path: string) {
    const file = createWriteStream(this.draft);
    // pictures are compressed already: the fastest level saves as much as any
    this.written = path.endsWith('gz')
      ? pipeline(this.archive, createGzip({ level: 1 }), file)
      : pipeline(this.archive, file);
    // `close` meets the failure; until then it must not end the process
    this.written.catch(() => undefined);
  }

  private get draft(): string {
    return `${this.path}.partial`;
  }

  /** Resolves when there is room for the next. */
  async add(name: string, content: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(content);
    await this.unlessBroken(
      new Promise<void>((resolve, reject) => {
        this.archive.entry({ name, size: bytes.length }, bytes, (error) => (error ? reject(error) : resolve()));
      }),
    );
  }

  /** A file of this machine, however large. */
  async addFile(name: string, file: string): Promise<void> {
    const { size } = await stat(file);
    const entry = this.archive.entry({ name, size });
    await this.unlessBroken(pipeline(createReadStream(file), entry));
  }

  /** The archive is there, whole, when this resolves. */
  async close(): Promise<void> {
    this.archive.finalize();
    await this.written;
    await rename(this.draft, this.path);
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.archive.destroy();
    await this.written.catch(() => undefined);
    await rm(this.draft, { force: true });
  }

  /** A full disk ends the file, and then nothing that is written to the archive ever has room again. */
  private async unlessBroken(writing: Promise<void>): Promise<void> {
    writing.catch(() => undefined);
    await Promise.race([writing, this.written.then(() => Promise.reject(new Error('the archive has ended')))]);
  }
}
