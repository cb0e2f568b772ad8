import { ObnError } from '../findings/error.js';
import type { TransportName } from '../transport/names.js';
import type { ExaminedNewsletter, Subject } from './examined-newsletter.js';

/** What an examination comes to. */
export type Outcome =
  | { readonly state: 'passed'; readonly message: string }
  | { readonly state: 'failed'; readonly message: string; readonly remedy: string }
  /** It was not looked at, and why. */
  | { readonly state: 'skipped'; readonly message: string };

/** Something that has to be right before mail goes out, and how to look at it. */
export interface Examination {
  /** Stable, `about` or `about/what`. */
  readonly name: string;
  /** What is looked at, in one line. */
  readonly summary: string;
  /** Whether others are asked over the network. */
  readonly network: boolean | ((patient: ExaminedNewsletter) => boolean);
  /** The transports that it is about, or every one that readers get mail through; left out, it is always looked at. */
  readonly transports?: readonly TransportName[] | 'live';
  /** An ObnError that it throws is a failure in its words. */
  examine(subject: Subject): Promise<Outcome>;
}

export const passed = (message: string): Outcome => ({ state: 'passed', message });
export const failed = (message: string, remedy: string): Outcome => ({ state: 'failed', message, remedy });
export const skipped = (message: string): Outcome => ({ state: 'skipped', message });

/**
 * Goes on with what another examination asks for as well; where that fails, the other one says so.
 * @param name of the other examination
 */
export async function given<T>(
  name: string,
  asked: Promise<T>,
  examine: (value: T) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const answer = await asked.then(
    (value) => ({ value }),
    (error: unknown) => {
      if (error instanceof ObnError) return undefined;
      throw error;
    },
  );
  return answer ? examine(answer.value) : skipped(`it cannot be looked at; see ${name}`);
}
