import { type CommandEntry, entry } from './command.js';

/** Every command, in the order of the help. Each is loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  entry('init', 'create a newsletter', () => import('./init.js')),
  entry('new', 'create the next issue', () => import('./new.js')),
  entry('add', 'add web pages to the links of the next issue', () => import('./add.js')),
  entry('list', 'show every issue and its state', () => import('./list.js')),
  entry('check', 'check issues, list and configuration', () => import('./check.js')),
  entry('render', 'write an issue as email, web page and text', () => import('./render.js')),
  entry('preview', 'preview an issue in the browser as you write', () => import('./preview.js')),
  entry('approve', 'approve an issue for sending', () => import('./approve.js')),
  entry('send', 'send an issue, or resume sending', () => import('./send.js')),
  entry('status', 'show delivery status', () => import('./status.js')),
  entry('subscribers', 'manage the subscriber list', () => import('./subscribers.js')),
  entry('doctor', 'check that everything needed for sending is set up', () => import('./doctor.js')),
  entry(
    'serve',
    'serve the pages for readers: subscribe, unsubscribe, preferences',
    () => import('./serve.js'),
  ),
  entry('archive', 'build the public archive of all issues', () => import('./archive.js')),
  entry('guide', 'print how to write an issue, on one page', () => import('./guide.js')),
  entry('schema', 'print the JSON Schema of an issue or of obn.yaml', () => import('./schema.js')),
];
