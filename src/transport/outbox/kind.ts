import { resolve } from 'node:path';
import { oneLine } from '../../document/fields.js';
import { described } from '../../text/described.js';
import { defineTransport } from '../kind.js';
import { clearOutbox, Outbox, outboxFileName } from './outbox.js';

export const outbox = defineTransport({
  name: 'outbox',
  summary: 'writes each message into a file: a rehearsal',
  live: false,
  settings: {
    dir: oneLine
      .default('.obn/outbox')
      .meta(described('The folder of the files, relative to obn.yaml.', '.obn/outbox')),
  },
  files: {
    what: 'the outbox',
    folder: ({ dir }, root) => resolve(root, dir),
    namesFor: (address) => ['', 'test-'].map((reference) => outboxFileName({ to: address, reference })),
    clear: clearOutbox,
  },
  open: async ({ dir }, { root }) => new Outbox(resolve(root, dir)),
});
