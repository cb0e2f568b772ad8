import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { whenTestFinished } from './finished.js';

export interface NewsletterOptions {
  /** Merged into obn.yaml, key by key; null takes a key out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** So many readers, reader1@example.com and so on, in place of the five. */
  readonly readers?: number;
  /** The folder stays when the test is over. */
  readonly keep?: boolean;
}

/** A newsletter in a folder of its own. */
export interface TestNewsletter {
  readonly root: string;
  path(...parts: string[]): string;
  read(file: string): string;
  write(file: string, content: string | Uint8Array): void;
  remove(): void;
}

/** Who is in subscribers.csv. The last one has no name. */
export const READERS = [
  'ada@example.com',
  'grace@example.org',
  'alan@example.net',
  'edsger@example.com',
  'reader@example.org',
] as const;

/**
 * Makes a small valid newsletter in a temporary folder, which is removed when the test is over.
 * @param files more files, or others in place of those that it has; null leaves one out
 */
export function makeNewsletter(
  files: Readonly<Record<string, string | null>> = {},
  options: NewsletterOptions = {},
): TestNewsletter {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'obn-')));
  const newsletter = open(root);
  for (const [file, text] of Object.entries({ ...defaultFiles(options), ...files })) {
    if (text !== null) newsletter.write(file, text);
  }
  if (!options.keep) whenTestFinished(() => newsletter.remove());
  return newsletter;
}

function open(root: string): TestNewsletter {
  const path = (...parts: string[]) => join(root, ...parts);
  return {
    root,
    path,
    read: (file) => readFileSync(path(file), 'utf8'),
    write: (file, content) => {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), content);
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function defaultFiles({ config, readers }: NewsletterOptions): Record<string, string> {
  return {
    'obn.yaml': config ? stringify(merge(parse(CONFIG), config)) : CONFIG,
    'issues/001-first.yaml': issueText(1, 'The first one'),
    'issues/002-second.yaml': issueText(2, 'The second one'),
    'subscribers.csv': readers === undefined ? SUBSCRIBERS : manySubscribers(readers),
  };
}

type Keys = Readonly<Record<string, unknown>>;

function merge(base: Keys, changes: Keys): Keys {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key];
    else merged[key] = isKeys(value) && isKeys(base[key]) ? merge(base[key], value) : value;
  }
  return merged;
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The obn.yaml of a small newsletter without problems. */
export const CONFIG = `newsletter:
  id: test-weekly.weekly.example.com
  name: Test Weekly
  url: https://weekly.example.com
  language: en
  timezone: UTC
  address: Test Weekly, 1 Example Street, Exampletown
from: { name: Jane Doe, email: jane@weekly.example.com }
audience:
  file: subscribers.csv
ses: { region: us-east-1 }
smtp: { url: "\${SMTP_URL}" }
unsubscribe:
  url: https://weekly.example.com/unsubscribe
  secret: "\${OBN_SECRET}"
`;

const SUBSCRIBERS = `email,first_name,last_name,status,tags,subscribed_at
ada@example.com,Ada,Lovelace,subscribed,aws;beginner,2026-01-01
grace@example.org,Grace,Hopper,subscribed,aws,2026-01-01
alan@example.net,Alan,Turing,subscribed,,2026-01-02
edsger@example.com,Edsger,Dijkstra,subscribed,beginner,2026-01-02
reader@example.org,,,subscribed,,2026-01-03
`;

function manySubscribers(count: number): string {
  const rows = Array.from({ length: count }, (_, at) => `reader${at + 1}@example.com,Reader ${at + 1}\n`);
  return `email,first_name\n${rows.join('')}`;
}

/** The text of a small valid issue. */
export function issueText(number: number, title: string): string {
  return `number: ${number}
title: ${title}
preheader: What somebody wrote in issue ${number}, and what became of it.
date: 2026-01-${String(((number - 1) % 28) + 1).padStart(2, '0')}
sections:
  - type: intro
    body: |
      Hello {{default first_name "there"}}, this is issue ${number}.
  - type: story
    heading: What happened
    body: |
      Somebody wrote [a story](https://stories.example.com/${number}) about it.
  - type: signoff
    closing: Until next week,
    name: Jane
`;
}
