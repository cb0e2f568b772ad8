import { render } from 'lit-html';
import { App } from './app.js';
import { listen } from './events.js';
import { Frame } from './frame.js';
import { onKey } from './keys.js';
import { revision, server } from './server.js';
import { issueOf, type State } from './state.js';
import { page } from './views/page.js';

const app: App = new App(draw);
let planned = false;

/** Renders once for all changes in the same frame. */
function draw(): void {
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    const { state } = app;
    render(page(app, state), document.body);
    document.documentElement.style.setProperty('--width', `${state.choice.width}px`);
    document.title = titleOf(state);
  });
}

function titleOf(state: State): string {
  const number = issueOf(state);
  const name = state.newsletter?.name ?? 'obn';
  const title = state.issue?.mail?.title;
  return number === undefined ? name : `#${number}${title ? ` ${title}` : ''} · ${name}`;
}

render(page(app, app.state), document.body);
const element = document.querySelector<HTMLIFrameElement>('#frame');
if (element) {
  app.frame = new Frame(element, server.page);
  // The email runs no scripts, so key presses in it go to the page.
  element.addEventListener('load', () =>
    element.contentDocument?.addEventListener('keydown', (event) => onKey(app, event)),
  );
}
addEventListener('keydown', (event) => onKey(app, event));
addEventListener('popstate', () => void app.read());
listen(
  {
    change: () => void app.refresh(),
    lost: () => app.set({ connected: false }),
    found: () => {
      if (!app.state.connected) app.set({ connected: true });
    },
  },
  revision,
);
await app.start();
