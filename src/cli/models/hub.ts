// Client of the model hub: files of a repository with their checksums, and their content.
// Turns failures of the library into messages that say how to fix them.
import { downloadFile, HubApiError, listFiles, modelInfo } from '@huggingface/hub';
import { CannotRun } from '../exit.js';

/** A file at a commit. */
export interface HubFile {
  repository: string;
  revision: string;
  path: string;
  bytes: number;
  /** Checksum from the hub: SHA-256 for large files, the SHA-1 of git for small files. */
  checksum: { algorithm: 'sha256' | 'git-sha1'; hex: string };
}

export class Hub {
  /** @param url URL of the hub, or null for the default of the library */
  constructor(private readonly url: string | null) {}

  /** Returns the commit of a branch or tag. @throws CannotRun */
  async commitOf(repository: string, revision: string): Promise<string> {
    const info = await this.request(repository, () =>
      modelInfo({ name: repository, revision, additionalFields: ['sha'], ...this.address() }),
    );
    return info.sha;
  }

  /** Returns all files of a repository by path. @throws CannotRun */
  async files(repository: string, revision: string): Promise<Map<string, HubFile>> {
    return this.request(repository, async () => {
      const filesByPath = new Map<string, HubFile>();
      for await (const { type, path, size, lfs, oid } of listFiles({
        repo: repository,
        revision,
        recursive: true,
        ...this.address(),
      })) {
        if (type !== 'file') continue;
        const checksum = lfs
          ? ({ algorithm: 'sha256', hex: lfs.oid } as const)
          : ({ algorithm: 'git-sha1', hex: oid ?? '' } as const);
        filesByPath.set(path, { repository, revision, path, bytes: lfs?.size ?? size, checksum });
      }
      return filesByPath;
    });
  }

  /** Returns the bytes of a file from an offset on. @throws CannotRun if the transfer cannot start */
  async read({ repository, revision, path }: HubFile, from: number): Promise<ReadableStream<Uint8Array>> {
    const blob = await this.request(repository, () =>
      // over plain HTTP, which proxies and mirrors support too
      downloadFile({ repo: repository, revision, path, xet: false, ...this.address() }),
    );
    if (!blob) throw new CannotRun(`${repository} has no file ${path} at ${revision}.`);
    return (from === 0 ? blob : blob.slice(from, blob.size)).stream() as ReadableStream<Uint8Array>;
  }

  private address(): { hubUrl?: string } {
    return this.url === null ? {} : { hubUrl: this.url };
  }

  private async request<Result>(repository: string, action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (cause) {
      throw new CannotRun(this.problem(repository, cause as Error), { cause });
    }
  }

  private problem(repository: string, cause: Error): string {
    const hub = this.url ?? 'the hub';
    if (cause instanceof HubApiError) {
      // hubs return 401 for both private and missing repositories
      return [401, 403, 404].includes(cause.statusCode)
        ? `${hub} has no public repository ${repository} with the requested files (${cause.statusCode}).`
        : `${hub} responded with status ${cause.statusCode}. Try again later.`;
    }
    const code = (cause.cause as NodeJS.ErrnoException | undefined)?.code ?? cause.message;
    return (
      `${hub} cannot be reached (${code}).\n` +
      'If this machine has no access to it, set a mirror with --hub or HF_ENDPOINT, or pull on another machine and ' +
      'copy the folder of the bundle.'
    );
  }
}
