// Restore of the rules and golden queries of an export.
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { text } from 'node:stream/consumers';
import { unpacked } from '../../feeds/byte.stream.js';
import { entriesOf } from '../../feeds/tar.entries.js';
import type { ApiClient } from '../api.client.js';
import { saveSetting, SETTING_KINDS, TAR_NAME, type SettingKind } from '../export/store.settings.js';

export interface RestoreCount {
  kind: SettingKind;
  restored: number;
  /** Errors of the lines that were not saved, each with its line number. */
  failures: string[];
}

/**
 * Saves the rules and golden queries of an export, each under its own ID.
 * @param path a tar or a folder; other paths have no settings
 * @param dryRun true reads the settings without saving them
 * @returns the kinds that the export has
 */
export async function restoreSettings(api: ApiClient, path: string, dryRun: boolean): Promise<RestoreCount[]> {
  const files = await settingsIn(path);
  const counts: RestoreCount[] = [];
  for (const [kind, content] of files) {
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    const failures: string[] = [];
    for (const [i, line] of lines.entries()) {
      const failure = dryRun ? null : await saveSetting(api, kind, line).catch((error: Error) => error.message);
      if (failure !== null) failures.push(`${kind.file}, line ${i + 1}: ${failure}`);
    }
    counts.push({ kind, restored: lines.length - failures.length, failures });
  }
  return counts;
}

type Settings = [SettingKind, string][];

async function settingsIn(path: string): Promise<Settings> {
  // the server reads a URL itself
  if (/^https?:/.test(path)) return [];
  if ((await stat(path)).isDirectory()) return settingsOfFolder(path);
  return TAR_NAME.test(path) ? settingsOfTar(path) : [];
}

async function settingsOfFolder(path: string): Promise<Settings> {
  const present = SETTING_KINDS.filter(({ file }) => existsSync(join(path, file)));
  return Promise.all(
    present.map(async (kind): Promise<Settings[number]> => [kind, await readFile(join(path, kind.file), 'utf8')]),
  );
}

/**
 * Returns the settings of a tar. Reads only up to the first picture, so that an archive without settings is not read
 * completely.
 */
async function settingsOfTar(path: string): Promise<Settings> {
  const settings: Settings = [];
  for await (const entry of entriesOf(unpacked(createReadStream(path, { highWaterMark: 256 * 1024 }), Infinity))) {
    const name = posix.basename(entry.header.name);
    const kind = SETTING_KINDS.find(({ file }) => file === name);
    if (kind) settings.push([kind, await text(entry as AsyncIterable<unknown> as AsyncIterable<never>)]);
    else if (entry.header.type === 'file' && !name.endsWith('.jsonl')) break;
    else entry.resume();
  }
  return settings;
}
