import type { Path } from '../document/document.js';
import { sectionType } from '../templates/table.js';
import type { Issue } from './issue.js';

/** An event that an issue announces. */
export interface IssueEvent {
  readonly title: string;
  /** ISO 8601 date, or date and time. */
  readonly starts: string;
  readonly ends?: string;
  /** Where it is in the issue. */
  readonly path: Path;
}

/** The events in all sections of an issue, in their order. */
export function eventsOf({ sections }: Pick<Issue, 'sections'>): IssueEvent[] {
  return sections.flatMap((section: Readonly<Record<string, unknown>>, index) => {
    const { events } = sectionType(String(section.type));
    if (events === undefined) return [];
    const items = section[events] as readonly Omit<IssueEvent, 'path'>[];
    return items.map((event, item) => ({ ...event, path: ['sections', index, events, item] }));
  });
}
