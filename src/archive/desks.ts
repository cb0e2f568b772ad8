import type { Newsletter } from '../config/load.js';
import { Desk, type Made, type PageJob, type Reading, type SourceText } from './desk.js';

/** Where issues are read and made into pages. */
export class Desks {
  private own: Desk | undefined;

  constructor(private readonly newsletter: Newsletter) {}

  /** Reads issues. @returns what was read, in the same order */
  async read(sources: readonly SourceText[]): Promise<Reading[]> {
    const desk = await this.desk();
    return sources.map((source) => desk.read(source));
  }

  /** Makes pages, and hands over each as soon as it is made. */
  async make(jobs: readonly PageJob[], use: (made: Made) => Promise<void>): Promise<void> {
    const desk = await this.desk();
    for (const job of jobs) await use(desk.make(job));
  }

  private async desk(): Promise<Desk> {
    this.own ??= await Desk.open(this.newsletter);
    return this.own;
  }
}
