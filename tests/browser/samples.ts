import { join } from 'node:path';

/** The newsletter of this repository, and the origin of its images. */
export const ROOT = join(import.meta.dirname, '../..');
export const SITE = 'https://offbynone.io';
