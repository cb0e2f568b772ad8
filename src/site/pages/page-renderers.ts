import { fileURLToPath } from 'node:url';
import type { Newsletter } from '../../config/load.js';
import { exists } from '../../platform/files.js';
import { breathe, PROCESSORS, SparingThread } from '../../platform/thread.js';
import { type Made, type PageJob, PageRenderer, type Reading, type SourceText } from './page-renderer.js';
import { WorkQueue } from './work-queue.js';

/** With fewer issues, one renderer finishes before a thread has started. */
const WORTH_A_THREAD = 60;
const MOST_THREADS = 3;
/** Batches queued per thread, so that it never waits. */
const AT_A_TIME = 2;
const IDLE_MS = 1_000;
const YOUNG_MB = 64;

/** Number of this thread. Other threads count from 1. */
const HERE = 0;

/** Page renderers: one in this thread, and one per further core if there are many issues. */
export class PageRenderers {
  private own: PageRenderer | undefined;
  private threads: readonly SparingThread[] | undefined;
  /** The renderer that has read an issue, by name. It can render the page without reading again. */
  private readonly readers = new Map<string, number>();

  constructor(private readonly newsletter: Newsletter) {}

  /** Announces the number of issues early, because threads take a while to start. */
  expect(count: number): void {
    for (const thread of this.helpers(count)) thread.warm();
  }

  /** Reads issues. @returns the results in the same order */
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

  /**
   * Renders pages and passes on each one when it is ready. @throws ObnError when a template cannot be filled.
   */
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

  /** Hands out batches until no work is left. */
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
        // Work that failed in a thread is repeated here, to report the error.
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

  /** Threads run the built script. */
  private helpers(work: number): readonly SparingThread[] {
    if (work < WORTH_A_THREAD) return [];
    const script = new URL('./page-renderer-thread.js', import.meta.url);
    const built = exists(fileURLToPath(new URL('./page-renderer.js', import.meta.url)));
    const count = built ? Math.min(MOST_THREADS, PROCESSORS - 1) : 0;
    this.threads ??= Array.from({ length: count }, () => new SparingThread(script, IDLE_MS, YOUNG_MB));
    return this.threads;
  }
}
