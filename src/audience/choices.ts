import { type Subscriber, tagsOf } from './subscriber.js';

/** The topics that readers have chosen, by address key. */
export type Choices = ReadonlyMap<string, readonly string[]>;

/** A row of the list with the topics that the reader has chosen; tags that are not topics stay. */
export function withChoice(row: Subscriber, choices: Choices, topics: readonly string[]): Subscriber {
  const chosen = choices.get(row.key);
  if (!chosen) return row;
  const others = tagsOf(row.fields).filter((tag) => !topics.includes(tag));
  const tags = [...others, ...topics.filter((tag) => chosen.includes(tag))];
  return { ...row, tags, fields: { ...row.fields, tags: tags.join(';') } };
}
