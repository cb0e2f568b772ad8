import type { Path } from '../document/document.js';
import type { Flaw, PlacedFlaw } from './flaws.js';
import { MAX_ISSUE } from './limits.js';
import type { Field, MergeProblem, MergeScope } from './merge.js';
import type { FieldUse, RenderedIssue, SourceOffset } from './rendered.js';
import type { Markers } from './slots.js';

/** What the whole issue shares while it is rendered, and what is noted on the way. */
export class RenderScope implements MergeScope {
  private path: Path = [];
  private readonly noted = new Map<string, FieldUse>();
  private readonly reported = new Map<string, RenderedIssue['problems'][number]>();
  private readonly flawed = new Map<string, PlacedFlaw>();
  /** How many characters were read of each field, which every form of the issue reads again. */
  private readonly taken = new Map<string, number>();
  private room = MAX_ISSUE;

  constructor(
    private readonly markers: Markers,
    private readonly constants: Readonly<Record<string, unknown>>,
    private readonly snippets: ReadonlyMap<string, string>,
  ) {}

  /** Says which field of the issue is being rendered now. */
  visit(path: Path): void {
    this.path = path;
  }

  field(field: Field, source: string, spot: SourceOffset): string {
    this.noted.set(this.key(spot, source), { path: this.path, ...spot, source, field });
    return this.markers.add(field);
  }

  /** A text with the fallbacks of its merge fields in their place. */
  plain(text: string): string {
    return this.markers.resolve(text, (field) => field.fallback ?? '');
  }

  /** Whether a text begins with a merge field that has no fallback. */
  beginsOpen(text: string): boolean {
    return this.markers.resolve(text, ({ fallback }) => fallback ?? '\0').startsWith('\0');
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

  report(problem: MergeProblem, spot: SourceOffset): void {
    this.reported.set(this.key(spot, problem.source), { ...problem, path: this.path, ...spot });
  }

  take(characters: number): boolean {
    const field = this.place();
    const before = this.taken.get(field) ?? 0;
    const more = Math.max(0, characters - before);
    if (more > this.room) return false;
    this.room -= more;
    this.taken.set(field, before + more);
    return true;
  }

  flaw(flaw: Flaw, spot: SourceOffset): void {
    this.flawed.set(this.key(spot, `${flaw.kind} ${flaw.text}`), { ...flaw, path: this.path, ...spot });
  }

  place(): string {
    return JSON.stringify(this.path);
  }

  get uses(): FieldUse[] {
    return [...this.noted.values()];
  }

  get problems(): RenderedIssue['problems'] {
    return [...this.reported.values()];
  }

  get flaws(): PlacedFlaw[] {
    return [...this.flawed.values()];
  }

  /** What is met in several forms of the issue is noted once. */
  private key(spot: SourceOffset, source = ''): string {
    return JSON.stringify([this.path, spot.offset, spot.snippet, source]);
  }
}
