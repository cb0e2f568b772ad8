/** Where the pictures of the newsletter are served. */
export const PICTURES = '/pictures';

/** The files that can be shown in a frame, and those that can be read as they are. */
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
