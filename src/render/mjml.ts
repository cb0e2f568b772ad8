import { configurationError, messageOf } from '../findings/error.js';
import { SparingThread } from '../platform/thread.js';

/** Idle time before the thread ends. Long enough to save a file again. */
const IDLE_MS = 1_000;

/** MJML uses as much memory as everything else together and is needed only once. */
const thread = new SparingThread(new URL('./mjml-thread.js', import.meta.url), IDLE_MS);

/** Starts loading MJML, which takes longer than everything else. */
export function warmMjml(): void {
  thread.warm();
}

/** Keeps MJML loaded, for repeated rendering. */
export function keepMjml(): void {
  thread.keep();
}

/** An error reported by MJML. */
export interface MjmlFault {
  /** Line in the MJML, from 1. */
  readonly line: number;
  readonly tagName: string;
  readonly message: string;
}

type Made = { readonly html: string } | { readonly faults: readonly MjmlFault[] };

/** @throws ObnError when MJML cannot run. */
export async function compileMjml(mjml: string): Promise<Made> {
  try {
    // Without `fonts`, MJML adds third-party links for known fonts in a font stack.
    const options = { validationLevel: 'strict', keepComments: false, ignoreIncludes: true, fonts: {} };
    // MJML treats braces as template syntax and searches the HTML again for every pair.
    const braces = absentFrom(mjml);
    const hidden = (text: string) => text.replaceAll('{{', braces);
    const shown = (text: string) => text.replaceAll(braces, '{{');
    const made = (await thread.call({ text: hidden(mjml), options })) as Made;
    if ('html' in made) return { html: shown(made.html) };
    return { faults: made.faults.map((fault) => ({ ...fault, message: shown(fault.message) })) };
  } catch (error) {
    throw configurationError(`MJML cannot run: ${messageOf(error).trim()}`, { cause: error });
  }
}

/** A lowercase word that does not occur in the text and that MJML does not change. */
function absentFrom(text: string): string {
  let word = 'obnbraces';
  while (text.includes(word)) word += 'x';
  return word;
}
