// A page renderer in a thread of its own; see page-renderers.ts.
import { parentPort } from 'node:worker_threads';
import { openNewsletter } from '../../config/load.js';
import { surroundings } from '../../platform/process.js';
import { PageRenderer } from './page-renderer.js';

/** @type {Promise<PageRenderer> | undefined} */
let renderer;

/** @param {string} cwd */
const open = async (cwd) => PageRenderer.open(await openNewsletter(cwd, surroundings().env));

parentPort?.on('message', async ({ id, data: { cwd, sources, jobs } }) => {
  try {
    renderer ??= open(cwd);
    const opened = await renderer;
    const value = sources
      ? sources.map((/** @type {import('./page-renderer.js').SourceText} */ source) => opened.read(source))
      : jobs.map((/** @type {import('./page-renderer.js').PageJob} */ job) => opened.make(job));
    parentPort?.postMessage({ id, value });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
