import type { RenderedIssue } from '../../render/rendered.js';
import { linesWith, type OwnTemplate, ownMailTemplates } from '../own-templates.js';
import type { IssueRule, Problem } from '../rule.js';

export const mailClients: IssueRule = {
  name: 'mail/clients',
  severity: 'warning',
  summary: 'HTML or CSS in your own templates that a major email client does not support',
  remedy: 'see https://www.caniemail.com for alternatives; every client supports tables and inline styles',
  bad: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column><mj-text><div style="display:flex;position:absolute">{{name}}</div></mj-text></mj-column></mj-section>\n',
    },
    at: 'display:flex',
  },
  good: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column><mj-text><p style="color:#333333">{{name}}</p></mj-text></mj-column></mj-section>\n',
    },
  },
  // The templates of obn are checked in its tests, so a check of a newsletter skips them.
  async *check({ newsletter, rendered, final }) {
    const own = await ownMailTemplates(newsletter);
    if (own.length === 0) return;
    const { unsupportedIn } = await import('../clients.js');
    for (const { feature, clients } of await unsupportedIn(final.html)) {
      const message = `${feature} is not supported by ${clients.join(', ')}`;
      yield { ...placeOf(feature, own, rendered), message };
    }
  },
};

/** The template that contains a feature; if none is found, a template of a section in the issue. */
function placeOf(
  feature: string,
  own: readonly OwnTemplate[],
  { parts }: RenderedIssue,
): Pick<Problem, 'in' | 'at'> {
  for (const template of own) {
    const [found] = linesWith(template, patternOf(feature));
    if (found) return { in: template, at: { line: found.line, column: found.match.index + 1 } };
  }
  const used = own.find(({ name }) => parts.some((part) => name.startsWith(`sections/${part.name}/`)));
  const template = used ?? own[0];
  return { ...(template && { in: template }), at: { line: 1, column: 1 } };
}

/** Finds in a template what caniemail.com names `<video> element`, `display:flex` or `position property`. */
function patternOf(feature: string): RegExp {
  const word = feature.replace(/ (element|property|attribute|function|keyword|pseudo-\w+|value)\b.*$/, '');
  const escaped = word.replace(/>$/, '').replace(/[^\w\s:<-]/g, '\\$&');
  return new RegExp(escaped.replace(':', '\\s*:\\s*'), 'i');
}
