import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders whose files take longest: they run programs and browsers, or wait for servers. */
const LONGEST = ['tests/faults/', 'tests/crash/', 'tests/browser/', 'tests/fuzz/', 'tests/cli/', 'tests/'];

/**
 * Begins with the files that take longest, so that at the end no core waits for one that has begun late. Files that
 * share a process come last, and one after the other.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const ranks = new Map(sorted.map((file) => [file, this.rank(file)]));
    return sorted.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  }

  private rank({ moduleId, project }: TestSpecification): number {
    if (project.config.isolate === false) return LONGEST.length;
    const path = relative(this.ctx.config.root, moduleId).replaceAll('\\', '/');
    return LONGEST.findIndex((folder) => path.startsWith(folder));
  }
}
