import { defineSection } from '../../section.js';

export const divider = defineSection('divider', 'a line between two sections', {});
