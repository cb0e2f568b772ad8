// The page that the bookmarklet opens: it shows an address, and adds it when the author confirms.

interface Reply {
  readonly message?: string;
  readonly error?: string;
  readonly hint?: string;
}

const [token = '', address = ''] = location.hash.slice(1).split('&');
// Not in the history of the browser.
history.replaceState(null, '', location.pathname);

const url = decodeURIComponent(address);
const button = document.querySelector('button');
const status = document.querySelector('[role=status]');
const shown = document.querySelector('#url');
if (shown) shown.textContent = url;
button?.addEventListener('click', () => void add());

async function add(): Promise<void> {
  if (button) button.disabled = true;
  say('Reading the page…');
  try {
    const headers = { 'content-type': 'application/json', 'x-obn-token': token };
    const response = await fetch(location.pathname, {
      method: 'POST',
      headers,
      body: JSON.stringify({ url }),
    });
    const { message, error, hint } = (await response.json()) as Reply;
    say(message ?? [error, hint].filter(Boolean).join('. '));
    if (!response.ok && button) button.disabled = false;
  } catch {
    say('The preview does not answer. Is it still running?');
    if (button) button.disabled = false;
  }
}

function say(text: string): void {
  if (status) status.textContent = text;
}

export {};
