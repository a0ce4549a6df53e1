// The lock of a folder: who holds it, and when it is taken from the dead.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../src/store/database/folder.lock.js';

const heldBy = (pid: string): string => `held by ${pid}`;
let folder: string;
let lockPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fitroom-lock-'));
  lockPath = join(folder, 'database.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is held until it is let go, and names who holds it', () => {
  const unlock = lockFolder(lockPath, heldBy);
  expect(() => lockFolder(lockPath, heldBy)).toThrow(`held by ${process.pid}`);
  unlock();
  expect(existsSync(lockPath)).toBe(false);
  lockFolder(lockPath, heldBy)();
  expect(readdirSync(folder)).toEqual([]);
});

it('is refused to others while another process lives, this one’s parent for example', () => {
  writeFileSync(lockPath, String(process.ppid));
  expect(() => lockFolder(lockPath, heldBy)).toThrow(`held by ${process.ppid}`);
  expect(readFileSync(lockPath, 'utf8')).toBe(String(process.ppid));
});

it('is taken at once from a process that is gone', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lockPath, `${pid} 123456`);
  const unlock = lockFolder(lockPath, heldBy);
  expect(readFileSync(lockPath, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
  unlock();
  expect(readdirSync(folder)).toEqual([]);
});

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

onLinux('is taken where the pid has been given to another process since, as in a restarted container', () => {
  writeFileSync(lockPath, `${process.pid} 1`);
  lockFolder(lockPath, heldBy)();
});

it.each(['', 'garbage', '-1', '0', '1.5'])('is taken where the file says %j, which is no process', (content) => {
  writeFileSync(lockPath, content);
  lockFolder(lockPath, heldBy)();
});

it('is not taken away by letting go twice', () => {
  const unlock = lockFolder(lockPath, heldBy);
  unlock();
  writeFileSync(lockPath, 'another’s');
  unlock();
  expect(readFileSync(lockPath, 'utf8')).toBe('another’s');
});
