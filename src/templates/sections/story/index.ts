import { image, markdown, quote, text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const story = defineSection(
  'story',
  'a story with a heading, and optionally an image or a quote',
  { heading: text(), body: markdown(), image: image().optional(), quote: quote().optional() },
  { usual: true, keepsHeading: false },
);
