import { imageFields } from '../../fields.js';
import { defineSection } from '../../section.js';

export const image = defineSection('image', 'a full-width image', imageFields());
