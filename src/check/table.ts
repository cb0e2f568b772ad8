import { networkRules } from './network-rules.js';
import { readings } from './readings.js';
import type { IssueRule, NewsletterRule } from './rule.js';
import { clockChange } from './rules/clock-change.js';
import { datePast } from './rules/date-past.js';
import { eventOrder } from './rules/event-order.js';
import { eventOver } from './rules/event-over.js';
import { fileName } from './rules/file-name.js';
import { fileNumber } from './rules/file-number.js';
import { fromDomain } from './rules/from-domain.js';
import { imageAlt } from './rules/image-alt.js';
import { imageAltWords } from './rules/image-alt-words.js';
import { imageFile } from './rules/image-file.js';
import { imageFormat } from './rules/image-format.js';
import { imageReach } from './rules/image-reach.js';
import { imageRemoteWidth } from './rules/image-remote-width.js';
import { imageShape } from './rules/image-shape.js';
import { imageSizeRule } from './rules/image-size.js';
import { linkAddress } from './rules/link-address.js';
import { linkBare } from './rules/link-bare.js';
import { linkDuplicate } from './rules/link-duplicate.js';
import { linkInsecure } from './rules/link-insecure.js';
import { linkText } from './rules/link-text.js';
import { linkTracking } from './rules/link-tracking.js';
import { linkUnread } from './rules/link-unread.js';
import { listRows } from './rules/list-rows.js';
import { mailClients } from './rules/mail-clients.js';
import { mailDataDetectors } from './rules/mail-data-detectors.js';
import { mailFooter } from './rules/mail-footer.js';
import { mailHeaders } from './rules/mail-headers.js';
import { mailSize } from './rules/mail-size.js';
import { mergeColumn } from './rules/merge-column.js';
import { mergeLacking } from './rules/merge-lacking.js';
import { mergeSyntax } from './rules/merge-syntax.js';
import { newsletterId } from './rules/newsletter-id.js';
import { numberGap } from './rules/number-gap.js';
import { numberOrder } from './rules/number-order.js';
import { numberTwice } from './rules/number-twice.js';
import { offName } from './rules/off-name.js';
import { placeholder } from './rules/placeholder.js';
import { preheaderRule } from './rules/preheader.js';
import { preheaderAgain } from './rules/preheader-again.js';
import { preheaderLength } from './rules/preheader-length.js';
import { segmentName } from './rules/segment-name.js';
import { segmentQuery } from './rules/segment-query.js';
import { sendAt } from './rules/send-at.js';
import { sponsorLabel } from './rules/sponsor-label.js';
import { subjectLength } from './rules/subject-length.js';
import { subjectShouting } from './rules/subject-shouting.js';
import { templateForeign } from './rules/template-foreign.js';
import { templateName } from './rules/template-name.js';
import { templateScript } from './rules/template-script.js';
import { configComment, textComment } from './rules/text-comment.js';
import { textConflict } from './rules/text-conflict.js';
import { textEncoding } from './rules/text-encoding.js';
import { textFolded } from './rules/text-folded.js';
import { textHtml } from './rules/text-html.js';
import { textHtmlComment } from './rules/text-html-comment.js';
import { textLimit } from './rules/text-limit.js';
import { textMarkdown } from './rules/text-markdown.js';
import { textQuotes } from './rules/text-quotes.js';
import { textSpam } from './rules/text-spam.js';
import { textUnfinished } from './rules/text-unfinished.js';
import { textUnread } from './rules/text-unread.js';
import { themeContrast } from './rules/theme-contrast.js';
import { themeLogo } from './rules/theme-logo.js';

/** The rules that run for each issue. To add a rule, add its file and a line here. */
export const issueRules: readonly IssueRule[] = [
  fileNumber,
  sendAt,
  datePast,
  clockChange,
  segmentName,
  textLimit,
  mergeSyntax,
  mergeColumn,
  mergeLacking,
  subjectLength,
  subjectShouting,
  preheaderRule,
  preheaderLength,
  imageFile,
  imageSizeRule,
  imageShape,
  imageFormat,
  imageReach,
  imageRemoteWidth,
  imageAlt,
  imageAltWords,
  linkAddress,
  linkUnread,
  linkInsecure,
  linkText,
  linkBare,
  linkDuplicate,
  linkTracking,
  textComment,
  textConflict,
  textFolded,
  textUnread,
  textUnfinished,
  textEncoding,
  textQuotes,
  textSpam,
  textMarkdown,
  textHtml,
  textHtmlComment,
  eventOver,
  eventOrder,
  sponsorLabel,
  mailHeaders,
  mailFooter,
  mailSize,
  mailClients,
  mailDataDetectors,
];

/** The rules that run once for the newsletter as a whole. */
export const newsletterRules: readonly NewsletterRule[] = [
  placeholder,
  newsletterId,
  offName,
  configComment,
  themeContrast,
  themeLogo,
  fromDomain,
  templateName,
  templateScript,
  templateForeign,
  fileName,
  numberTwice,
  numberOrder,
  numberGap,
  preheaderAgain,
  segmentQuery,
  listRows,
];

/** The name of every rule. */
export const RULE_NAMES: readonly string[] = [...issueRules, ...newsletterRules, ...networkRules].map(
  ({ name }) => name,
);

/** Every name of a finding that an author may switch off. */
export const SWITCHABLE: readonly string[] = [
  ...RULE_NAMES,
  ...readings.filter(({ stays }) => stays === undefined).map(({ name }) => name),
];
