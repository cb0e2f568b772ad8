import type { Path } from '../document/document.js';
import type { MergeScope } from './merge.js';
import type { FieldUse, RenderedIssue } from './rendered.js';
import type { Markers } from './slots.js';

/** What the whole issue shares while it is rendered, and what is noted on the way. */
export class RenderScope implements MergeScope {
  private path: Path = [];
  private readonly noted = new Map<string, FieldUse>();
  private readonly reported = new Map<string, RenderedIssue['problems'][number]>();

  constructor(
    private readonly markers: Markers,
    private readonly constants: Readonly<Record<string, unknown>>,
    private readonly snippets: ReadonlyMap<string, string>,
  ) {}

  /** Says which field of the issue is being rendered now. */
  visit(path: Path): void {
    this.path = path;
  }

  field(...[field, source]: Parameters<MergeScope['field']>): string {
    this.noted.set(JSON.stringify([this.path, source]), { path: this.path, source, field });
    return this.markers.add(field);
  }

  /** A text with the fallbacks of its merge fields in their place. */
  plain(text: string): string {
    return this.markers.resolve(text, (field) => field.fallback ?? '');
  }

  constant(path: readonly string[]): string | undefined {
    let value: unknown = this.constants;
    for (const key of path) {
      const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
      value = own ? (value as Record<string, unknown>)[key] : undefined;
    }
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  snippet(name: string): string | undefined {
    return this.snippets.get(name);
  }

  report(problem: { source: string; message: string }): void {
    this.reported.set(JSON.stringify([this.path, problem.source]), { ...problem, path: this.path });
  }

  get uses(): FieldUse[] {
    return [...this.noted.values()];
  }

  get problems(): RenderedIssue['problems'] {
    return [...this.reported.values()];
  }
}
