import { quoteFields } from '../../fields.js';
import { defineSection } from '../../section.js';

export const quote = defineSection('quote', 'a quotation', quoteFields());
