// In JavaScript, because a thread is started from a file, and tests start it from the sources.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

// Not imported: Node.js would look through each of its files for what it exports.
const mjml = createRequire(import.meta.url)('mjml');

parentPort?.on('message', async ({ id, data }) => {
  try {
    const { html } = await mjml(data.text, data.options);
    parentPort?.postMessage({ id, value: { html } });
  } catch (error) {
    const faults = faultsOf(error);
    if (faults) parentPort?.postMessage({ id, value: { faults } });
    else parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

/**
 * What the validation of MJML has found, as plain data.
 * @param {any} error
 */
function faultsOf(error) {
  if (!Array.isArray(error?.errors)) return undefined;
  return error.errors.map((/** @type {any} */ { line, tagName, message }) => ({ line, tagName, message }));
}
