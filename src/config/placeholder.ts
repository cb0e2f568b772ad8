/** Values in a new obn.yaml that the owner must replace; until then, nothing is sent to readers. */
export const PLACEHOLDER = {
  url: 'https://your-domain.example',
  address: 'Your name, your street, your city, your country',
  unsubscribe: 'https://your-domain.example/unsubscribe',
} as const;
