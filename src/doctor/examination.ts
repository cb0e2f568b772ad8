import { ObnError } from '../findings/error.js';
import type { TransportName } from '../transport/names.js';
import type { ExaminedNewsletter, Subject } from './examined-newsletter.js';

/** Result of an examination. */
export type Outcome =
  | { readonly state: 'passed'; readonly message: string }
  | { readonly state: 'failed'; readonly message: string; readonly remedy: string }
  /** Not examined, with the reason. */
  | { readonly state: 'skipped'; readonly message: string };

/** A check of one requirement for sending. */
export interface Examination {
  /** Stable name: `topic` or `topic/detail`. */
  readonly name: string;
  /** What it checks, in one line. */
  readonly summary: string;
  /** Whether it uses the network. */
  readonly network: boolean | ((patient: ExaminedNewsletter) => boolean);
  /** Transports that it applies to; `live` means all that deliver to readers. Default: all. */
  readonly transports?: readonly TransportName[] | 'live';
  /** Runs the check. An ObnError becomes a failure with its message. */
  examine(subject: Subject): Promise<Outcome>;
}

export const passed = (message: string): Outcome => ({ state: 'passed', message });
export const failed = (message: string, remedy: string): Outcome => ({ state: 'failed', message, remedy });
export const skipped = (message: string): Outcome => ({ state: 'skipped', message });

/**
 * Continues with a value that another examination also requests. If the request fails, that examination
 * reports it.
 * @param name of that examination
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
  return answer ? examine(answer.value) : skipped(`cannot be checked; see ${name}`);
}
