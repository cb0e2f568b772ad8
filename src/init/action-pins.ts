/**
 * The GitHub actions that workflows use, each pinned to the commit of a release. A tag can be moved to other code, which
 * would then get the secrets of every newsletter.
 */
const PINS = {
  'actions/cache': ['0057852bfaa89a56745cba8c7296529d2fc39830', 'v4.3.0'],
  'actions/checkout': ['34e114876b0b11c390a56381ad16ebd13914f8d5', 'v4.3.1'],
  'actions/configure-pages': ['983d7736d9b0ae728b81ab479565c72886d7745b', 'v5.0.0'],
  'actions/deploy-pages': ['d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e', 'v4.0.5'],
  'actions/setup-node': ['49933ea5288caeca8642d1e84afbd3f7d6820020', 'v4.4.0'],
  'actions/upload-pages-artifact': ['7b1f4a764d45c48632c6b24a0339c27f5614fb0b', 'v4.0.0'],
  'aws-actions/configure-aws-credentials': ['7474bc4690e29a8392af63c5b98e7449536d5c3a', 'v4.3.1'],
} as const satisfies Readonly<Record<string, readonly [commit: string, version: string]>>;

/** An action for `uses:`, with its version as a comment. Dependabot updates both. */
export function pinned(action: keyof typeof PINS): string {
  const [commit, version] = PINS[action];
  return `${action}@${commit} # ${version}`;
}
