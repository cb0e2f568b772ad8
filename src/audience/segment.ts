import sift from 'sift';
import { configurationError, messageOf } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import type { Subscriber } from './subscriber.js';

export type Query = Readonly<Record<string, unknown>>;

/**
 * The test that a segment of the configuration stands for: a query over the fields of a subscriber, where `tags` is a
 * list, in the form of MongoDB's queries.
 * @throws ObnError when there is no such segment or its query is not one.
 */
export function segmentTest(
  name: string,
  segments: Readonly<Record<string, Query>>,
): (subscriber: Subscriber) => boolean {
  const query = Object.hasOwn(segments, name) ? segments[name] : undefined;
  if (!query) {
    const known = Object.keys(segments);
    const hint =
      known.length > 0 ? `there are ${known.join(', ')}` : 'describe it under audience.segments in obn.yaml';
    throw configurationError(`there is no segment "${name}"${didYouMean(name, known)}`, { hint });
  }
  if (JSON.stringify(query).includes('"$where"')) {
    throw configurationError(`the segment "${name}" uses $where, which runs code and is not allowed`);
  }
  try {
    const test = sift.default<Record<string, unknown>>(query);
    return (subscriber) =>
      test({ ...subscriber.fields, email: subscriber.key, status: subscriber.status, tags: subscriber.tags });
  } catch (error) {
    throw configurationError(`the query of the segment "${name}" cannot be read: ${messageOf(error)}`);
  }
}
