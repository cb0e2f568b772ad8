/** Path under which images of the newsletter are served. */
export const PICTURES = '/pictures';

/** Files that are shown in a frame, and files that are shown as text. */
export const FRAMES = ['email.html', 'web.html'] as const;
export const SOURCES = [
  'email.html',
  'email.mjml',
  'email.txt',
  'web.html',
  'message.eml',
  'issue.yaml',
] as const;

export type Frame = (typeof FRAMES)[number];
export type Source = (typeof SOURCES)[number];
