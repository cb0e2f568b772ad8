/** A server event, or the loss of the connection. */
type Word = { readonly what: 'change' | 'hello'; readonly revision: number } | { readonly what: 'lost' };

export interface Listener {
  /** The files have changed since they were last read. */
  change(): void;
  lost(): void;
  found(): void;
}

const NAME = 'obn-events';
const RETRY_MS = 1_000;

/**
 * Listens for changes. Browsers limit connections per server, so one tab listens and notifies the others.
 * When it closes, another tab takes over.
 * @param seen revision that this page was rendered for
 */
export function listen(on: Listener, seen: number): void {
  const tabs = new BroadcastChannel(NAME);
  let last = seen;
  let away = false;
  const hear = (word: Word) => {
    if (word.what === 'lost') {
      away = true;
      on.lost();
      return;
    }
    // A restarted server has a new token, so the page must reload.
    if (away && word.what === 'hello') return location.reload();
    on.found();
    if (word.revision !== last) on.change();
    last = word.revision;
  };
  tabs.addEventListener('message', ({ data }: MessageEvent<Word>) => hear(data));
  const tell = (word: Word) => {
    tabs.postMessage(word);
    hear(word);
  };
  void navigator.locks.request(NAME, () => {
    connect(tell);
    // Held while the tab is open.
    return new Promise<never>(() => undefined);
  });
}

/** Browsers reconnect automatically, but not all of them keep trying. */
function connect(tell: (word: Word) => void): void {
  const events = new EventSource('/events');
  for (const what of ['change', 'hello'] as const) {
    events.addEventListener(what, ({ data }: MessageEvent<string>) => tell({ what, revision: Number(data) }));
  }
  events.addEventListener('error', () => {
    tell({ what: 'lost' });
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(tell), RETRY_MS);
  });
}
