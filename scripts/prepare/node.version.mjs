// Check of the Node version against `engines` in package.json.
import { readFileSync } from 'node:fs';
import { expected, inProject } from './project.mjs';

/** Throws if Node is too old. Otherwise later packages and syntax would fail with misleading messages. */
export function requireNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const least = engines.node.replace(/^>=/, '');
  const [[major, minor], [leastMajor, leastMinor]] = [version, least].map((text) => text.split('.').map(Number));
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw expected(
    `fitroom needs Node ${least} or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`,
  );
}
