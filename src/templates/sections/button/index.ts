import { text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const button = defineSection(
  'button',
  'a button',
  { label: text(), url: url() },
  { names: ['label'] },
);
