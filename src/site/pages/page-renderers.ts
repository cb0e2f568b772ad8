import { fileURLToPath } from 'node:url';
import type { Newsletter } from '../../config/load.js';
import { exists } from '../../platform/files.js';
import { breathe, PROCESSORS, SparingThread } from '../../platform/thread.js';
import { type Made, type PageJob, PageRenderer, type Reading, type SourceText } from './page-renderer.js';
import { WorkQueue } from './work-queue.js';

/** Of fewer issues, one desk has made the pages before another is ready. */
const WORTH_A_THREAD = 60;
const MOST_THREADS = 3;
/** So many portions are with a thread at once, so that it never waits for the next. */
const AT_A_TIME = 2;
const IDLE_MS = 1_000;
const YOUNG_MB = 64;

/** The desk of this thread; the others have numbers from 1. */
const HERE = 0;

/** Where issues are read and made into pages: at one desk, or, where there are many of them, at one for each core. */
export class PageRenderers {
  private own: PageRenderer | undefined;
  private threads: readonly SparingThread[] | undefined;
  /** Which desk has read an issue, by its name, and so need not read it again to make its page. */
  private readonly readers = new Map<string, number>();

  constructor(private readonly newsletter: Newsletter) {}

  /** Says early how many issues there are to be read, as it takes a while until a thread can help. */
  expect(count: number): void {
    for (const thread of this.helpers(count)) thread.warm();
  }

  /** Reads issues. @returns what was read, in the same order */
  async read(sources: readonly SourceText[]): Promise<Reading[]> {
    const readings: Reading[] = [];
    await this.share(
      sources,
      (desk, some) => some.map((source) => desk.read(source)),
      (some) => ({ sources: some }),
      async (made, indices, desk) => {
        for (const [at, index] of indices.entries()) {
          const [source, reading] = [sources[index], made[at]];
          if (source) this.readers.set(source.name, desk);
          if (reading) readings[index] = reading;
        }
      },
    );
    return readings;
  }

  /** Makes pages, and hands over each as soon as it is made. @throws ObnError when a template cannot be filled. */
  async make(jobs: readonly PageJob[], use: (made: Made) => Promise<void>): Promise<void> {
    await this.share(
      jobs,
      (desk, some) => some.map((job) => desk.make(job)),
      (some) => ({ jobs: some }),
      async (made) => {
        for (const one of made) await use(one);
      },
    );
  }

  /** Hands out portions of the work until there is none left. */
  private async share<In extends SourceText, Out>(
    work: readonly In[],
    here: (desk: PageRenderer, some: readonly In[]) => Out[],
    there: (some: readonly In[]) => object,
    use: (made: readonly Out[], indices: readonly number[], desk: number) => Promise<void>,
  ): Promise<void> {
    if (work.length === 0) return;
    const portions = new WorkQueue(work, ({ name }) => this.readers.get(name));
    const away = async (thread: SparingThread, desk: number) => {
      for (let next = portions.take(desk); next; next = portions.take(desk)) {
        const { cwd } = this.newsletter;
        const made = await thread.call({ cwd, ...there(next.some) }).catch(() => undefined);
        // What a thread does not manage is done here, where the error can be told.
        await use((made as Out[] | undefined) ?? here(await this.desk(), next.some), next.indices, desk);
      }
    };
    const helpers = this.helpers(work.length).map(async (thread, index) => {
      await Promise.all(Array.from({ length: AT_A_TIME }, () => away(thread, HERE + 1 + index)));
    });
    const helping = Promise.all(helpers);
    helping.catch(() => undefined);
    const desk = await this.desk();
    for (let next = portions.take(HERE); next; next = portions.take(HERE)) {
      await use(here(desk, next.some), next.indices, HERE);
      await breathe();
    }
    await helping;
  }

  private async desk(): Promise<PageRenderer> {
    this.own ??= await PageRenderer.open(this.newsletter);
    return this.own;
  }

  /** The script of a thread reads what was built. */
  private helpers(work: number): readonly SparingThread[] {
    if (work < WORTH_A_THREAD) return [];
    const script = new URL('./page-renderer-thread.js', import.meta.url);
    const built = exists(fileURLToPath(new URL('./page-renderer.js', import.meta.url)));
    const count = built ? Math.min(MOST_THREADS, PROCESSORS - 1) : 0;
    this.threads ??= Array.from({ length: count }, () => new SparingThread(script, IDLE_MS, YOUNG_MB));
    return this.threads;
  }
}
