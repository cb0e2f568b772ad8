/** What a new newsletter has where its owner must write something; nothing is sent to readers while it stands there. */
export const PLACEHOLDER = {
  url: 'https://your-domain.example',
  address: 'Your name, your street, your city, your country',
  unsubscribe: 'https://your-domain.example/unsubscribe',
} as const;
