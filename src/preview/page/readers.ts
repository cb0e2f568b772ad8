import type { Choice } from './choice.js';
import { Refusal, server } from './server.js';
import { issueOf, type ReaderOption, type State } from './state.js';

const NOBODY: ReaderOption = { address: '', name: 'Any reader', note: 'fallback values' };
const VARIANTS_SHOWN = 12;

/** Page state and actions that the reader field uses. */
export interface ReadersPage {
  readonly state: State;
  set(change: Partial<State>): void;
  /** Changes what is shown. */
  choose(change: Partial<Choice>): Promise<void>;
}

/** Reader selection: a search, or one of the distinct messages. */
export class Readers {
  private search: AbortController | undefined;

  constructor(private readonly page: ReadersPage) {}

  async open(): Promise<void> {
    this.put({ open: true, text: '', options: [NOBODY], active: -1 });
    await this.type('');
  }

  close(): void {
    this.search?.abort();
    this.put({ open: false, text: '', options: [], active: -1 });
  }

  /** Searches the list. Without text, shows the distinct messages. */
  async type(text: string): Promise<void> {
    this.search?.abort();
    this.search = new AbortController();
    const { signal } = this.search;
    this.put({ text });
    try {
      const options = text === '' ? await this.variants() : await this.matches(text, signal);
      if (!signal.aborted && this.page.state.readers.open) {
        const active = text === '' || options.length === 0 ? -1 : 0;
        this.put({ options: text === '' ? [NOBODY, ...options] : options, active });
      }
    } catch (error) {
      // Aborted by the next keystroke.
      const refused = error instanceof Refusal && this.page.state.readers.open;
      if (refused) this.put({ options: [NOBODY], active: -1, trouble: error.message });
    }
  }

  move(by: 1 | -1): void {
    const { options, active } = this.page.state.readers;
    const count = options.length;
    if (count > 0) this.put({ active: (active + by + count) % count });
  }

  pick(option: ReaderOption | undefined): void {
    if (!option) return;
    this.close();
    this.page.choose({ reader: option.address });
  }

  private async matches(text: string, signal: AbortSignal): Promise<ReaderOption[]> {
    const { readers } = await server.readers(text, signal);
    return readers.map((reader) => ({ ...reader, note: '' }));
  }

  private async variants(): Promise<ReaderOption[]> {
    const number = issueOf(this.page.state);
    if (number === undefined) return [];
    const { variants } = await server.variants(number);
    return variants.slice(0, VARIANTS_SHOWN).map(({ example, count, values }) => ({
      address: example,
      name: '',
      note: `${count === 1 ? '1 reader' : `${count} readers`}${saying(values)}`,
    }));
  }

  private put(change: Partial<State['readers']>): void {
    const { trouble: _, ...kept } = this.page.state.readers;
    this.page.set({ readers: { ...kept, ...change } });
  }
}

function saying(values: Readonly<Record<string, string>>): string {
  const said = Object.entries(values).map(([name, value]) => `${name} “${value}”`);
  return said.length > 0 ? `: ${said.join(', ')}` : '';
}
