import type { IssueRule, NewsletterRule } from './rule.js';
import { fileNumber } from './rules/file-number.js';
import { imageFile } from './rules/image-file.js';
import { listRows } from './rules/list-rows.js';
import { mergeColumn } from './rules/merge-column.js';
import { mergeSyntax } from './rules/merge-syntax.js';
import { numberTwice } from './rules/number-twice.js';
import { placeholder } from './rules/placeholder.js';
import { segmentName } from './rules/segment-name.js';

/** What is looked for in each issue. A new rule is its file and a line here. */
export const issueRules: readonly IssueRule[] = [
  fileNumber,
  mergeSyntax,
  mergeColumn,
  segmentName,
  imageFile,
];

/** What is looked for once, in the newsletter as a whole. */
export const newsletterRules: readonly NewsletterRule[] = [numberTwice, placeholder, listRows];
