// Streaming writer of a tar archive, which gets its final name only when it is complete.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

export class ArchiveWriter {
  private readonly archive: Pack = pack();
  private readonly written: Promise<void>;

  /** @param path path of the archive; it is compressed if the path ends with .gz or .tgz */
  constructor(private readonly path: string) {
    const file = createWriteStream(this.draft);
    // pictures are already compressed, so the fastest level saves as much as any other
    this.written = path.endsWith('gz')
      ? pipeline(this.archive, createGzip({ level: 1 }), file)
      : pipeline(this.archive, file);
    // `close` throws the failure; until then it must not end the process
    this.written.catch(() => undefined);
  }

  private get draft(): string {
    return `${this.path}.partial`;
  }

  /** Adds content under a name. Resolves when there is room for the next entry. */
  async add(name: string, content: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(content);
    await this.unlessBroken(
      new Promise<void>((resolve, reject) => {
        this.archive.entry({ name, size: bytes.length }, bytes, (error) => (error ? reject(error) : resolve()));
      }),
    );
  }

  /** Adds a local file of any size. */
  async addFile(name: string, file: string): Promise<void> {
    const { size } = await stat(file);
    const entry = this.archive.entry({ name, size });
    await this.unlessBroken(pipeline(createReadStream(file), entry));
  }

  /** Completes the archive. It exists under its final name when this resolves. */
  async close(): Promise<void> {
    this.archive.finalize();
    await this.written;
    await rename(this.draft, this.path);
  }

  /** Deletes the incomplete archive. */
  async abandon(): Promise<void> {
    this.archive.destroy();
    await this.written.catch(() => undefined);
    await rm(this.draft, { force: true });
  }

  /**
   * Fails when the output file fails. A full disk ends the file, and a pending write to the archive would then wait
   * forever.
   */
  private async unlessBroken(writing: Promise<void>): Promise<void> {
    writing.catch(() => undefined);
    await Promise.race([writing, this.written.then(() => Promise.reject(new Error('the output file has ended')))]);
  }
}
