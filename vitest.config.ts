import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.js';

/**
 * Folders of tests that change nothing of their process, such as its environment, and have no hooks in files that they
 * share. Their files run in one process, which loads the sources once; that takes half the time.
 */
const SHARED = [
  ...['architecture', 'audience', 'check', 'config', 'delivery', 'document', 'golden', 'issue', 'merge'],
  ...['message', 'mutations', 'preview', 'render', 'serve', 'site', 'templates'],
].map((folder) => `tests/${folder}/**/*.test.ts`);

/** What a project does not take over by itself; it would take over the build, too, and build once more. */
const each = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000, interval: 50 } },
  /** The built program is loaded by Node.js itself, as it is when it runs. */
  server: { deps: { external: [/\/dist\//] } },
};

export default defineConfig({
  test: {
    globalSetup: ['tests/support/build.ts'],
    // One more than CI has cores: many tests wait for servers and other processes.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...each, name: 'shared', include: SHARED, isolate: false } },
      { test: { ...each, name: 'apart', include: ['tests/**/*.test.ts'], exclude: SHARED } },
    ],
  },
});
