import { configurationError, messageOf } from '../findings/error.js';
import { SparingThread } from '../platform/thread.js';

/** Long enough for a person to save a file again. */
const IDLE_MS = 1_000;

/** MJML takes as much memory as everything else together, and is needed once. */
const thread = new SparingThread(new URL('./mjml-thread.js', import.meta.url), IDLE_MS);

/** Begins to load MJML, which takes longer than everything else before it is needed. */
export function warmMjml(): void {
  thread.warm();
}

/** Keeps MJML at hand, for those who render again and again. */
export function keepMjml(): void {
  thread.keep();
}

/**
 * Makes HTML of MJML.
 * @throws ObnError when MJML does not take the template.
 */
export async function compileMjml(mjml: string, overrides: string): Promise<string> {
  try {
    // Without `fonts`, MJML fetches those of its own list that a font stack names from a third party.
    const options = { validationLevel: 'strict', keepComments: false, ignoreIncludes: true, fonts: {} };
    return String(await thread.call({ text: mjml, options }));
  } catch (error) {
    throw configurationError(`MJML does not take what the templates made: ${messageOf(error).trim()}`, {
      hint: `look at your own templates in ${overrides}`,
      cause: error,
    });
  }
}
