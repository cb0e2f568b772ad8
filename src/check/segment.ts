import { readSubscribers, type Subscriber } from '../audience/subscriber.js';
import type { Newsletter } from '../config/load.js';
import { ObnError } from '../findings/error.js';
import type { Issue } from '../issue/issue.js';

/** The test for the readers of an issue; undefined when it names no segment and all readers get it. */
export async function segmentOf(
  { segment }: Issue,
  { config }: Newsletter,
): Promise<{ test: ((subscriber: Subscriber) => boolean) | undefined } | { problem: ObnError }> {
  if (segment === undefined) return { test: undefined };
  const { segmentTest } = await import('../audience/segment.js');
  try {
    return { test: segmentTest(segment, config.audience.segments) };
  } catch (error) {
    if (error instanceof ObnError) return { problem: error };
    throw error;
  }
}

/** What is wrong with a segment when it is tested on every row of the list; undefined: nothing. */
export async function segmentFault(
  name: string,
  { config }: Newsletter,
  list: { readonly path: string; readonly name: string },
): Promise<ObnError | undefined> {
  const { segmentTest } = await import('../audience/segment.js');
  try {
    const test = segmentTest(name, config.audience.segments, list.name);
    for await (const rows of readSubscribers(list.path, list.name)) {
      for (const row of rows) if ('key' in row) test(row);
    }
    return undefined;
  } catch (error) {
    if (error instanceof ObnError) return error;
    throw error;
  }
}
