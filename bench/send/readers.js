// Readers out of a number, so that a list of a million takes no memory.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Margaret', 'Zoë', 'Søren', ''];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Hamilton'];
const TAGS = ['', 'aws', 'beginner', 'aws;beginner'];
const COLUMNS = ['email', 'first_name', 'last_name', 'tags', 'subscribed_at'];

/** The columns of one reader; one of ten has no first name. */
export function reader(index) {
  const last = LAST[index % LAST.length];
  return {
    email: `${last.toLowerCase()}.${index}@mail${index % 500}.example.com`,
    first_name: FIRST[index % FIRST.length],
    last_name: last,
    tags: TAGS[index % TAGS.length],
    subscribed_at: `2025-${String(1 + (index % 12)).padStart(2, '0')}-15`,
  };
}

/** A reader as a message is filled for one. */
export function addressee(index) {
  const { key, address, name, fields, reference } = recipient(index);
  return { key, address, name, values: fields, reference };
}

/** Recipients as a ledger freezes them, many at a time. */
export async function* recipients(count) {
  const PAGE = 500;
  for (let first = 0; first < count; first += PAGE) {
    yield Array.from({ length: Math.min(PAGE, count - first) }, (_, at) => recipient(first + at));
  }
}

function recipient(index) {
  const fields = reader(index);
  const { email, first_name, last_name } = fields;
  const name = [first_name, last_name].filter(Boolean).join(' ');
  return { key: email, address: email, name, reference: index.toString(16).padStart(32, '0'), fields };
}

/** Streams a list of subscribers to disk. */
export async function writeList(file, count) {
  const PAGE = 1_000;
  function* pages() {
    yield `${COLUMNS.join(',')}\n`;
    for (let first = 0; first < count; first += PAGE) {
      const size = Math.min(PAGE, count - first);
      const rows = Array.from({ length: size }, (_, at) => Object.values(reader(first + at)).join(','));
      yield `${rows.join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(pages()), createWriteStream(file));
}
