import { fileURLToPath } from 'node:url';
import type { Newsletter } from '../config/load.js';
import { exists } from '../platform/files.js';
import { breathe, PROCESSORS, SparingThread } from '../platform/thread.js';
import { Desk, type Made, type PageJob, type Reading, type SourceText } from './desk.js';

/** Of fewer issues, one desk has made the pages before another is ready. */
const WORTH_A_THREAD = 60;
const MOST_THREADS = 3;
/** So many issues are handed to a desk at once. */
const PORTION = 10;
const IDLE_MS = 1_000;
const YOUNG_MB = 64;

/** Where issues are read and made into pages: at one desk, or, where there are many of them, at one for each core. */
export class Desks {
  private own: Desk | undefined;
  private threads: SparingThread[] | undefined;

  constructor(private readonly newsletter: Newsletter) {}

  /** Reads issues. @returns what was read, in the same order */
  async read(sources: readonly SourceText[]): Promise<Reading[]> {
    const readings: Reading[] = [];
    await this.share(
      sources,
      (desk, some) => some.map((source) => desk.read(source)),
      (some) => ({ sources: some }),
      async (made, first) => {
        for (const [index, reading] of made.entries()) readings[first + index] = reading;
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
  private async share<In, Out>(
    work: readonly In[],
    here: (desk: Desk, some: readonly In[]) => Out[],
    there: (some: readonly In[]) => object,
    use: (made: readonly Out[], first: number) => Promise<void>,
  ): Promise<void> {
    if (work.length === 0) return;
    let next = 0;
    const take = () => {
      const first = next;
      next = Math.min(work.length, next + PORTION);
      return { first, some: work.slice(first, next) };
    };
    const away = async (thread: SparingThread) => {
      while (next < work.length) {
        const { first, some } = take();
        const { cwd } = this.newsletter;
        const made = await thread.call({ cwd, ...there(some) }).catch(() => undefined);
        // What a thread does not manage is done here, where the error can be told.
        await use((made as Out[] | undefined) ?? here(await this.desk(), some), first);
      }
    };
    const helping = Promise.all((work.length < WORTH_A_THREAD ? [] : this.helpers()).map(away));
    helping.catch(() => undefined);
    const desk = await this.desk();
    while (next < work.length) {
      const { first, some } = take();
      await use(here(desk, some), first);
      await breathe();
    }
    await helping;
  }

  private async desk(): Promise<Desk> {
    this.own ??= await Desk.open(this.newsletter);
    return this.own;
  }

  /** The script of a thread reads what was built. */
  private helpers(): SparingThread[] {
    const script = new URL('./desk-thread.js', import.meta.url);
    const built = exists(fileURLToPath(new URL('./desk.js', import.meta.url)));
    const count = built ? Math.min(MOST_THREADS, PROCESSORS - 1) : 0;
    this.threads ??= Array.from({ length: count }, () => new SparingThread(script, IDLE_MS, YOUNG_MB));
    return this.threads;
  }
}
