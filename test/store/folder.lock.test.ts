// The lock of a folder: its holder, and when it is taken from a process that has ended.
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

it('the lock is held until it is released, and its error names the holder', () => {
  const unlock = lockFolder(lockPath, heldBy);
  expect(() => lockFolder(lockPath, heldBy)).toThrow(`held by ${process.pid}`);
  unlock();
  expect(existsSync(lockPath)).toBe(false);
  lockFolder(lockPath, heldBy)();
  expect(readdirSync(folder)).toEqual([]);
});

it('the lock is refused while its holder lives, here the parent process', () => {
  writeFileSync(lockPath, String(process.ppid));
  expect(() => lockFolder(lockPath, heldBy)).toThrow(`held by ${process.ppid}`);
  expect(readFileSync(lockPath, 'utf8')).toBe(String(process.ppid));
});

it('the lock is taken at once from a process that has ended', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lockPath, `${pid} 123456`);
  const unlock = lockFolder(lockPath, heldBy);
  expect(readFileSync(lockPath, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
  unlock();
  expect(readdirSync(folder)).toEqual([]);
});

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

onLinux('the lock is taken if the pid belongs to another process now, as in a restarted container', () => {
  writeFileSync(lockPath, `${process.pid} 1`);
  lockFolder(lockPath, heldBy)();
});

it.each(['', 'garbage', '-1', '0', '1.5'])(
  'the lock is taken if its file contains %j, which is not a process',
  (content) => {
    writeFileSync(lockPath, content);
    lockFolder(lockPath, heldBy)();
  },
);

it('releasing a lock twice does not remove the lock of another process', () => {
  const unlock = lockFolder(lockPath, heldBy);
  unlock();
  writeFileSync(lockPath, 'another’s');
  unlock();
  expect(readFileSync(lockPath, 'utf8')).toBe('another’s');
});
