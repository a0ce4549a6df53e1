// The hub of models as the rest of `models pull` sees it: which files a repository has, how each is vouched for, and their
// bytes. Turns the client's failures into what a user can do about them.
import { downloadFile, HubApiError, listFiles, modelInfo } from '@huggingface/hub';
import { CannotRun } from '../exit.js';

/** A file at a commit. */
export interface HubFile {
  repository: string;
  revision: string;
  path: string;
  bytes: number;
  /** What the hub says of its content: SHA-256 of large files, git's own SHA-1 of small ones. */
  vouched: { algorithm: 'sha256' | 'git-sha1'; hex: string };
}

export class Hub {
  /** @param url origin; null: the client's own hub */
  constructor(private readonly url: string | null) {}

  /** The commit that a branch or tag stands at. @throws CannotRun */
  async commitOf(repository: string, revision: string): Promise<string> {
    const info = await this.ask(repository, () =>
      modelInfo({ name: repository, revision, additionalFields: ['sha'], ...this.address() }),
    );
    return info.sha;
  }

  /** Every file of a repository, by its path. @throws CannotRun */
  async files(repository: string, revision: string): Promise<Map<string, HubFile>> {
    return this.ask(repository, async () => {
      const found = new Map<string, HubFile>();
      for await (const { type, path, size, lfs, oid } of listFiles({
        repo: repository,
        revision,
        recursive: true,
        ...this.address(),
      })) {
        if (type !== 'file') continue;
        const vouched = lfs
          ? ({ algorithm: 'sha256', hex: lfs.oid } as const)
          : ({ algorithm: 'git-sha1', hex: oid ?? '' } as const);
        found.set(path, { repository, revision, path, bytes: lfs?.size ?? size, vouched });
      }
      return found;
    });
  }

  /** A file's bytes from an offset on. @throws CannotRun where the transfer cannot start */
  async read({ repository, revision, path }: HubFile, from: number): Promise<ReadableStream<Uint8Array>> {
    const blob = await this.ask(repository, () =>
      // over plain HTTP, which proxies and mirrors speak too
      downloadFile({ repo: repository, revision, path, xet: false, ...this.address() }),
    );
    if (!blob) throw new CannotRun(`${repository} has no ${path} at ${revision}.`);
    return (from === 0 ? blob : blob.slice(from, blob.size)).stream() as ReadableStream<Uint8Array>;
  }

  private address(): { hubUrl?: string } {
    return this.url === null ? {} : { hubUrl: this.url };
  }

  private async ask<Answer>(repository: string, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (cause) {
      throw new CannotRun(this.problem(repository, cause as Error), { cause });
    }
  }

  private problem(repository: string, cause: Error): string {
    const hub = this.url ?? 'the hub';
    if (cause instanceof HubApiError) {
      // hubs answer 401 for what is private and for what is not there alike
      return [401, 403, 404].includes(cause.statusCode)
        ? `${hub} has no public repository ${repository} with what is asked for (${cause.statusCode}).`
        : `${hub} answered with status ${cause.statusCode}. Try again later.`;
    }
    const code = (cause.cause as NodeJS.ErrnoException | undefined)?.code ?? cause.message;
    return (
      `${hub} cannot be reached (${code}).\n` +
      'Where this machine has no way to it, name a mirror with --hub or HF_ENDPOINT, or pull on another machine and ' +
      "copy the bundle's folder."
    );
  }
}
