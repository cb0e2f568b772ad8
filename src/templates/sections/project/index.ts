import { markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const project = defineSection(
  'project',
  'news about your own project',
  {
    heading: text('The heading. Default: the name of the project.', 'What I have been building').optional(),
    name: text('The name of the project.', 'Queue Watcher'),
    version: text('The version that is new.', 'v0.2').optional(),
    url: url('The page of the project.', 'https://example.com/queue-watcher'),
    body: markdown('What is new, and for whom.', 'It now watches **two** queues at once.'),
  },
  { inset: 48, headings: ['heading', 'name'] },
);
