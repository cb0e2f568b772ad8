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

/** Keyboard shortcuts, in the order of the help. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['j'], does: 'older issue', run: (app) => app.step(1) },
  { keys: ['k'], does: 'newer issue', run: (app) => app.step(-1) },
  ...VIEWS.map((view, index) => ({
    keys: [String(index + 1)],
    does: { email: 'email', web: 'web page', text: 'text part', source: 'source' }[view],
    run: (app: App) => app.choose({ view }),
  })),
  { keys: ['d'], does: 'desktop width', run: (app) => app.choose({ width: DEVICES.desktop }) },
  { keys: ['t'], does: 'tablet width', run: (app) => app.choose({ width: DEVICES.tablet }) },
  { keys: ['p'], does: 'phone width', run: (app) => app.choose({ width: DEVICES.phone }) },
  {
    keys: ['c'],
    does: 'light or dark colors',
    run: (app) => app.choose({ scheme: app.state.choice.scheme === 'light' ? 'dark' : 'light' }),
  },
  {
    keys: ['i'],
    does: 'show or block images',
    run: (app) => app.choose({ pictures: app.state.choice.pictures === 'off' ? 'on' : 'off' }),
  },
  { keys: ['/'], does: 'choose a reader', run: () => focus('#reader') },
  { keys: ['f'], does: 'jump to the findings', run: () => focus('.finding button, .findings h2') },
  { keys: ['s'], does: 'send a test', run: openTest },
  { keys: ['?'], does: 'this help', run: () => openDialog('help') },
];

/** Runs the shortcut of a key, unless the focus is in a text field. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isWriting(event.target as HTMLElement | null)) return;
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(event.key));
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run(app);
}

/** Browsers may leave the focus in a closed dialog, which does not count as typing. */
function isWriting(target: HTMLElement | null): boolean {
  if (target?.closest?.('dialog:not([open])')) return false;
  return target?.closest?.('input:not([type=radio]), textarea, select, dialog[open]') != null;
}
