import type { Path } from '../document/document.js';
import type { Issue } from '../issue/issue.js';
import { viewOf } from '../render/view.js';
import { sectionTypes } from '../templates/table.js';

export interface Picture {
  readonly path: Path;
  readonly source: string;
}

/** Every picture that a field of the issue names, and where. */
export function picturesOf(issue: Issue): Picture[] {
  const found: Picture[] = [];
  let path: Path = [];
  const same = (value: string) => value;
  const picture = (source: string) => found.push({ path, source });
  const writer = { markdown: same, text: same, url: same, moment: same, picture };
  issue.sections.forEach((section, index) => {
    const schema = sectionTypes.find((type) => type.name === section.type)?.schema;
    const visit = (at: Path) => {
      path = at;
    };
    if (schema) viewOf(schema, section, writer, visit, ['sections', index]);
  });
  return found;
}
