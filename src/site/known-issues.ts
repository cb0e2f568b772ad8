import { findingsError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import type { State } from './build-state.js';
import { digestOf } from './digest.js';
import { type IssueFacts, isPublic, publicFrom } from './issue-facts.js';
import { type IssueSource, isDraft, unread } from './issue-sources.js';
import type { PageRenderers } from './pages/page-renderers.js';

/** An issue with its facts. */
export interface KnownIssue {
  readonly source: IssueSource;
  readonly facts: IssueFacts;
}

/**
 * Reads the issues that changed since the last state and updates it. A draft with errors is skipped.
 * @returns the issues, and the findings in skipped drafts
 * @param setting digest of the inputs shared by all issues
 * @throws ObnError with every finding if any other issue has errors
 */
export async function knowIssues(
  sources: readonly IssueSource[],
  setting: string,
  state: State,
  desks: PageRenderers,
): Promise<{ known: KnownIssue[]; skipped: Finding[] }> {
  const keys = new Map(sources.map((source) => [source, digestOf(setting, source.digest)]));
  const changed = sources.filter((source) => state.issues[source.name]?.key !== keys.get(source));
  const kept = { ...state.issues };
  const findings: Finding[] = [];
  const skipped: Finding[] = [];
  const readings = await desks.read(changed.map(({ name, text }) => ({ name, text })));
  for (const [index, reading] of readings.entries()) {
    const source = changed[index];
    if (!source) continue;
    delete kept[source.name];
    if ('facts' in reading) kept[source.name] = { key: keys.get(source) ?? '', facts: reading.facts };
    else if (await isDraft(source)) skipped.push(...reading.findings);
    else findings.push(...reading.findings);
  }
  if (findings.length > 0) throw unread(findings);
  const names = new Set(sources.map(({ name }) => name));
  state.issues = Object.fromEntries(Object.entries(kept).filter(([name]) => names.has(name)));
  const known = sources.flatMap((source) => {
    const facts = state.issues[source.name]?.facts;
    return facts ? [{ source, facts }] : [];
  });
  return { known, skipped };
}

/** Time when the next issue becomes public, in milliseconds since 1970; undefined if none is waiting. */
export function nextPublic(known: readonly KnownIssue[], now: number, timezone: string): number | undefined {
  const waiting = known.filter(({ facts }) => !isPublic(facts, now, timezone));
  const moments = waiting.flatMap(({ facts }) => publicFrom(facts, timezone) ?? []);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/**
 * The public issues, newest first.
 * @param now in milliseconds since 1970
 * @throws ObnError when two issues have the same number, and so the same page
 */
export function publicIssues(known: readonly KnownIssue[], now: number, timezone: string): KnownIssue[] {
  const issues = known.filter(({ facts }) => isPublic(facts, now, timezone)).reverse();
  const byNumber = new Map<number, KnownIssue>();
  for (const issue of issues) {
    const twin = byNumber.get(issue.facts.number);
    if (twin) {
      const message = `${issue.source.name} and ${twin.source.name} both say \`number: ${issue.facts.number}\``;
      throw findingsError(message, [], 'change one of them; the existing site was not changed');
    }
    byNumber.set(issue.facts.number, issue);
  }
  return issues;
}
