import type { z } from 'zod';
import type { SectionType } from './section.js';
import { button } from './sections/button/index.js';
import { closing } from './sections/closing/index.js';
import { divider } from './sections/divider/index.js';
import { events } from './sections/events/index.js';
import { image } from './sections/image/index.js';
import { intro } from './sections/intro/index.js';
import { links } from './sections/links/index.js';
import { project } from './sections/project/index.js';
import { quote } from './sections/quote/index.js';
import { signoff } from './sections/signoff/index.js';
import { sponsor } from './sections/sponsor/index.js';
import { star } from './sections/star/index.js';
import { story } from './sections/story/index.js';

/**
 * Every section type, in the order used in a new issue. To add one, add its folder and a line here.
 */
export const sectionTypes = [
  intro,
  story,
  sponsor,
  image,
  links,
  quote,
  events,
  star,
  project,
  button,
  divider,
  closing,
  signoff,
] as const satisfies readonly SectionType[];

/** A section of a parsed issue. */
export type Section = z.output<(typeof sectionTypes)[number]['schema']>;

const byName = new Map<string, SectionType>(sectionTypes.map((type) => [type.name, type]));

/**
 * The type of a section. @throws TypeError for a name that is not in the table; a valid issue has
 * none
 */
export function sectionType(name: string): SectionType {
  const type = byName.get(name);
  if (!type) throw new TypeError(`there is no section type ${name}`);
  return type;
}
