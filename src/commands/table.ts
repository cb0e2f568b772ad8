import { type CommandEntry, entry } from './command.js';

/** Every command, in the order of the help; each is loaded when it is called. A new one is its file and a line here. */
export const commands: readonly CommandEntry[] = [
  entry('init', 'make a new newsletter', () => import('./init.js')),
  entry('new', 'write the next issue', () => import('./new.js')),
  entry('add', 'add web pages to the links of the next issue', () => import('./add.js')),
  entry('list', 'show every issue and its state', () => import('./list.js')),
  entry('check', 'find what is wrong', () => import('./check.js')),
  entry('render', 'write an issue as mail and web page', () => import('./render.js')),
  entry('preview', 'show an issue while it is being written', () => import('./preview.js')),
  entry('approve', 'say that an issue may go out as it is', () => import('./approve.js')),
  entry('send', 'send an issue, or go on with it', () => import('./send.js')),
  entry('status', 'show what became of every delivery', () => import('./status.js')),
  entry(
    'subscribers',
    'look at the list and change it; import, export, suppress, forget',
    () => import('./subscribers.js'),
  ),
  entry('doctor', 'look whether everything is there that sending needs', () => import('./doctor.js')),
  entry(
    'serve',
    "answer the readers' links: unsubscribe, subscribe, preferences",
    () => import('./serve.js'),
  ),
  entry('archive', 'build the public site of all issues', () => import('./archive.js')),
  entry('guide', 'print how to write an issue, on one page', () => import('./guide.js')),
  entry('schema', 'print the JSON Schema of a file', () => import('./schema.js')),
];
