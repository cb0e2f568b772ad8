// Script of every archive page: keyboard shortcuts and the search, which loads on demand. All content is
// reachable without it.

interface Search {
  openSearch(options: { base: string; language: string }): void | Promise<void>;
}

/** Base path of the site, derived from the URL of this script. */
const base = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

async function search(): Promise<void> {
  const { openSearch } = (await import(new URL('./search.js', import.meta.url).href)) as Search;
  await openSearch({ base, language: document.documentElement.lang });
}

function turnTo(relation: 'prev' | 'next'): void {
  document.querySelector<HTMLAnchorElement>(`.neighbours a[rel=${relation}]`)?.click();
}

/** Whether a key belongs to something else, such as a text field or a dialog. */
function isTaken({ target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const field = target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
  return altKey || ctrlKey || metaKey || Boolean(field) || document.querySelector('dialog[open]') !== null;
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-search]')) {
  button.hidden = false;
  button.addEventListener('click', () => void search());
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || isTaken(event)) return;
  if (event.key === '/') {
    event.preventDefault();
    void search();
  } else if (event.key === 'k') turnTo('prev');
  else if (event.key === 'j') turnTo('next');
});
