import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

interface Package {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const described = JSON.parse(text) as Package;

/** The version of obn. */
export const version: string = described.version;

/** The lowest version of Node.js that obn runs on, such as `20.19`. */
export const leastNode: string = described.engines.node.replace(/^>=\s*/, '');

/** The version of Node.js that runs this, such as `20.19.5`. */
export const nodeVersion: string = process.version.replace(/^v/, '');
