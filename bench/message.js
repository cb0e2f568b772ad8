// A message of about 30 kB with merge slots, and readers for it, as a send has them.
const paragraph = 'Serverless is what happens when somebody else carries the pager, and you carry the bill. ';
const body = (bytes) => paragraph.repeat(Math.ceil(bytes / paragraph.length)).slice(0, bytes);
const slot = (name, context, fallback) => ({ name, context, ...(fallback ? { fallback } : {}) });

export const message = {
  issue: 1,
  from: { name: 'Jane Doe', email: 'jane@weekly.example.com' },
  list: { id: 'weekly.example.com', name: 'Weekly' },
  unsubscribeUrl: 'https://weekly.example.com/unsubscribe',
  subject: ['Weekly: Issue #1'],
  text: [
    'Hi ',
    slot('first_name', 'plain', 'there'),
    `,\n\n${body(6000)}\n`,
    slot('unsubscribe_url', 'plain'),
    '\n',
  ],
  html: [
    '<html><body><p>Hi ',
    slot('first_name', 'html', 'there'),
    `,</p><p>${body(22000)}</p><a href="`,
    slot('unsubscribe_url', 'address'),
    '">Unsubscribe</a></body></html>',
  ],
};

export const secret = 'a-secret-for-the-bench';

export async function* readers(count) {
  for (let index = 0; index < count; index++) {
    const key = `reader${index}@example.com`;
    const reference = index.toString(16).padStart(32, '0');
    yield {
      key,
      address: key,
      name: `Reader ${index}`,
      reference,
      fields: { email: key, first_name: `R${index}` },
    };
  }
}
