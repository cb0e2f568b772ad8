import type { Config } from '../config/schema.js';
import { readerRoutes } from './reader-routes.js';

/** Sign-up form as HTML, for any page. It needs no script and inherits the style of the page. */
export function formSnippet(config: Config): string {
  const { newsletter, serve } = config;
  const { base } = readerRoutes(config);
  const text = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const topics = serve.topics.map(
    ({ tag, name }) =>
      `  <p><label><input type="checkbox" name="topic" value="${text(tag)}"> ${text(name)}</label></p>`,
  );
  return [
    `<form action="${text(base)}/subscribe" method="post">`,
    `  <p><label>Email address<br><input type="email" name="email" autocomplete="email" required></label></p>`,
    '  <p><label>First name (optional)<br><input name="first_name" autocomplete="given-name"></label></p>',
    ...topics,
    '  <p hidden><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></p>',
    `  <p><button type="submit">Subscribe to ${text(newsletter.name)}</button></p>`,
    '</form>',
  ].join('\n');
}
