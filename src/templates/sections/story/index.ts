import { image, markdown, quote, text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const story = defineSection(
  'story',
  'a story under a heading, with a picture or a quote where you like',
  { heading: text(), body: markdown(), image: image().optional(), quote: quote().optional() },
  { usual: true, keepsHeading: false },
);
