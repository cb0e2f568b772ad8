import type { CommandEntry } from './command.js';

/** Every command, in the order of the help; each is loaded when it is called. A new one is its file and a line here. */
export const commands: readonly CommandEntry[] = [
  { name: 'init', summary: 'make a new newsletter', load: async () => (await import('./init.js')).init },
  { name: 'new', summary: 'write the next issue', load: async () => (await import('./new.js')).newIssue },
  {
    name: 'list',
    summary: 'show every issue and its state',
    load: async () => (await import('./list.js')).list,
  },
  { name: 'check', summary: 'find what is wrong', load: async () => (await import('./check.js')).check },
  {
    name: 'render',
    summary: 'write an issue as mail and web page',
    load: async () => (await import('./render.js')).render,
  },
  {
    name: 'preview',
    summary: 'show an issue while it is being written',
    load: async () => (await import('./preview.js')).preview,
  },
  {
    name: 'approve',
    summary: 'say that an issue may go out as it is',
    load: async () => (await import('./approve.js')).approve,
  },
  {
    name: 'send',
    summary: 'send an issue, or go on with it',
    load: async () => (await import('./send.js')).send,
  },
  {
    name: 'status',
    summary: 'show what became of every delivery',
    load: async () => (await import('./status.js')).status,
  },
  {
    name: 'subscribers',
    summary: 'look at the list and change it; import, export, suppress, forget',
    load: async () => (await import('./subscribers.js')).subscribers,
  },
  {
    name: 'doctor',
    summary: 'look whether everything is there that sending needs',
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'serve',
    summary: "answer the readers' links: unsubscribe, subscribe, preferences",
    load: async () => (await import('./serve.js')).serve,
  },
  {
    name: 'archive',
    summary: 'build the public site of all issues',
    load: async () => (await import('./archive.js')).archive,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of a file',
    load: async () => (await import('./schema.js')).schema,
  },
];
