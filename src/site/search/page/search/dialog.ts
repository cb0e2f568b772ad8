import { element, type Results } from './elements.js';
import { excerptOf } from './excerpt.js';
import { issueLink, showExcerpt } from './results.js';
import type { Hit, SearchService } from './service.js';

/** Results per page. Each result loads the text of its issue for the excerpt. */
const PAGE = 10;
/** Delay between a keystroke and the search. */
const PAUSE_MS = 80;

/** The search dialog. Its texts are English, like those of the pages. */
export class SearchDialog {
  private readonly dialog: HTMLDialogElement;
  private readonly input: HTMLInputElement;
  private readonly status: HTMLElement;
  private readonly list: Results;
  private readonly more: HTMLButtonElement;
  private hits: readonly Hit[] = [];
  private shown = 0;
  private timer = 0;
  private last = 0;

  private constructor(
    private readonly service: SearchService,
    private readonly language: string,
  ) {
    this.input = element('input', {
      type: 'search',
      id: 'search-query',
      placeholder: 'Search all issues',
      'aria-label': 'Search all issues',
      'aria-controls': 'search-results',
      autocomplete: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
    });
    const close = element('button', { type: 'button', class: 'search-close' }, 'Close');
    this.status = element('p', { class: 'search-status', role: 'status' });
    this.list = element('ol', { id: 'search-results', lang: language });
    this.more = element('button', { type: 'button', class: 'search-more', hidden: '' }, 'More results');
    const head = element('form', { role: 'search', class: 'search-head' }, this.input, close);
    const body = element('div', { class: 'search-body' }, this.status, this.list, this.more);
    this.dialog = element('dialog', { class: 'search', 'aria-label': 'Search', lang: 'en' }, head, body);
    close.addEventListener('click', () => this.dialog.close());
    head.addEventListener('submit', (event) => {
      event.preventDefault();
      this.follow();
    });
    this.listen();
  }

  /** Creates the dialog and waits for its style sheet. */
  static async make(service: SearchService, language: string): Promise<SearchDialog> {
    const href = new URL('search.css', import.meta.url).href;
    const style = element('link', { rel: 'stylesheet', href });
    const loaded = new Promise<void>((resolve) => {
      style.addEventListener('load', () => resolve());
      style.addEventListener('error', () => resolve());
    });
    const made = new SearchDialog(service, language);
    document.head.append(style);
    await loaded;
    document.body.append(made.dialog);
    return made;
  }

  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    void this.search();
  }

  private listen(): void {
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.search(), PAUSE_MS);
    });
    this.more.addEventListener('click', () => {
      const first = this.shown;
      this.showMore();
      this.links()[first]?.focus();
    });
    this.dialog.addEventListener('click', (event) => {
      // The dialog has no padding, so a click on the dialog itself is a click on its backdrop.
      if (event.target === this.dialog) this.dialog.close();
      // A link within the current page does not reload it.
      if ((event.target as Element).closest('a')) this.dialog.close();
    });
    this.dialog.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Arrow keys move through the results. Other keys go to the search field. */
  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      // Some browsers would clear the field first.
      event.preventDefault();
      this.dialog.close();
      return;
    }
    const links = this.links();
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const onInput = document.activeElement === this.input;
    const steps: Readonly<Record<string, HTMLElement | undefined>> = {
      ArrowDown: links[Math.min(at + 1, links.length - 1)],
      ArrowUp: at > 0 ? links[at - 1] : this.input,
      ...(onInput ? {} : { Home: links[0], End: links.at(-1) }),
    };
    const next = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (at >= 0 && (event.key.length === 1 || event.key === 'Backspace') && event.key !== ' ') {
      this.input.focus();
    }
  }

  private links(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll('a')];
  }

  /** Opens the best result once the search has finished. */
  private async follow(): Promise<void> {
    clearTimeout(this.timer);
    await this.search();
    if (this.hits.length > 0) this.links()[0]?.click();
  }

  private async search(): Promise<void> {
    const turn = ++this.last;
    const query = this.input.value.trim();
    try {
      const hits = await this.service.find(query);
      const newest = query === '' ? await this.service.newest(PAGE) : [];
      if (turn !== this.last) return;
      this.hits = hits;
      this.shown = 0;
      if (this.list.contains(document.activeElement)) this.input.focus();
      this.list.replaceChildren(
        ...newest.map((issue) => issueLink({ issue, words: new Set() }, this.language)),
      );
      this.say(query === '' ? 'Newest issues' : countText(hits.length, query));
      this.showMore();
    } catch {
      if (turn === this.last) this.say('The search could not be loaded. Type again to retry.');
    }
  }

  private say(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  private showMore(): void {
    const turn = this.last;
    const next = this.hits.slice(this.shown, this.shown + PAGE);
    for (const hit of next) {
      const item = issueLink(hit, this.language);
      this.list.append(item);
      void this.service.text(hit.issue).then(
        (sections) => turn === this.last && showExcerpt(item, hit.issue[3], excerptOf(sections, hit.words)),
        // A result without its text is shown without an excerpt.
        () => undefined,
      );
    }
    this.shown += next.length;
    this.more.hidden = this.shown >= this.hits.length;
  }
}

function countText(count: number, query: string): string {
  if (count === 0) return `No issues match “${query}”`;
  return count === 1 ? '1 issue' : `${count} issues`;
}
