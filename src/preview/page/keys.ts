import type { App } from './app.js';
import { DEVICES, VIEWS } from './choice.js';

interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
  run(app: App): void;
}

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

export function openDialog(id: string): void {
  const dialog = document.querySelector<HTMLDialogElement>(`#${id}`);
  if (dialog && !dialog.open) dialog.showModal();
}

export function openTest(app: App): void {
  app.freshTest();
  openDialog('test');
}

/** Every shortcut, in the order of the help. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['j'], does: 'the issue before this one', run: (app) => app.step(1) },
  { keys: ['k'], does: 'the issue after this one', run: (app) => app.step(-1) },
  ...VIEWS.map((view, index) => ({
    keys: [String(index + 1)],
    does: { email: 'the mail', web: 'the web page', text: 'the text part', source: 'the source' }[view],
    run: (app: App) => app.choose({ view }),
  })),
  { keys: ['d'], does: 'as wide as a desktop', run: (app) => app.choose({ width: DEVICES.desktop }) },
  { keys: ['t'], does: 'as wide as a tablet', run: (app) => app.choose({ width: DEVICES.tablet }) },
  { keys: ['p'], does: 'as wide as a phone', run: (app) => app.choose({ width: DEVICES.phone }) },
  {
    keys: ['c'],
    does: 'light or dark colours',
    run: (app) => app.choose({ scheme: app.state.choice.scheme === 'light' ? 'dark' : 'light' }),
  },
  {
    keys: ['i'],
    does: 'with or without pictures',
    run: (app) => app.choose({ pictures: app.state.choice.pictures === 'off' ? 'on' : 'off' }),
  },
  { keys: ['/'], does: 'choose a reader', run: () => focus('#reader') },
  { keys: ['f'], does: 'to the findings', run: () => focus('.finding button, .findings h2') },
  { keys: ['s'], does: 'send me a test', run: openTest },
  { keys: ['?'], does: 'this help', run: () => openDialog('help') },
];

/** Runs the shortcut that a key stands for, unless somebody is writing. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isWriting(event.target as HTMLElement | null)) return;
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(event.key));
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run(app);
}

/** Browsers may leave the focus in a dialog that has closed; nobody writes there. */
function isWriting(target: HTMLElement | null): boolean {
  if (target?.closest?.('dialog:not([open])')) return false;
  return target?.closest?.('input:not([type=radio]), textarea, select, dialog[open]') != null;
}
