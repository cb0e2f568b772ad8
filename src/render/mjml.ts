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

/** Something that MJML does not take. */
export interface MjmlFault {
  /** Line of the MJML, from 1. */
  readonly line: number;
  readonly tagName: string;
  readonly message: string;
}

type Made = { readonly html: string } | { readonly faults: readonly MjmlFault[] };

/** @throws ObnError when MJML cannot be run at all. */
export async function compileMjml(mjml: string): Promise<Made> {
  try {
    // Without `fonts`, MJML fetches those of its own list that a font stack names from a third party.
    const options = { validationLevel: 'strict', keepComments: false, ignoreIncludes: true, fonts: {} };
    // MJML takes braces for a language of templates, and searches the HTML once more for every pair of them.
    const braces = absentFrom(mjml);
    const hidden = (text: string) => text.replaceAll('{{', braces);
    const shown = (text: string) => text.replaceAll(braces, '{{');
    const made = (await thread.call({ text: hidden(mjml), options })) as Made;
    if ('html' in made) return { html: shown(made.html) };
    return { faults: made.faults.map((fault) => ({ ...fault, message: shown(fault.message) })) };
  } catch (error) {
    throw configurationError(`MJML cannot be run: ${messageOf(error).trim()}`, { cause: error });
  }
}

/** A word of small letters that a text does not have, which nothing changes on its way through MJML. */
function absentFrom(text: string): string {
  let word = 'obnbraces';
  while (text.includes(word)) word += 'x';
  return word;
}
