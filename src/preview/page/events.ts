/** What the server says of the files, or that it is silent. */
type Word = { readonly what: 'change' | 'hello'; readonly revision: number } | { readonly what: 'lost' };

export interface Listener {
  /** The files are others than those that were seen last. */
  change(): void;
  lost(): void;
  found(): void;
}

const NAME = 'obn-events';
const RETRY_MS = 1_000;

/**
 * Hears of every change. Browsers have few connections for one server, so of all tabs one alone listens and tells the
 * others; when it is closed, the next takes its place.
 * @param seen the revision that this page was made for
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
    // A server that was started anew has another token, which stands in its page.
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
    // Held as long as the tab is open.
    return new Promise<never>(() => undefined);
  });
}

/** The browser connects again by itself when the server is away for a while; not every browser does it for ever. */
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
