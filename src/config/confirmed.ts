import { CONFIG_FILE, type Newsletter } from './load.js';

/** Why readers who confirm at `obn serve` would get no email, and what to do; undefined: they get it. */
export function confirmedUnmailed({ config, document }: Pick<Newsletter, 'config' | 'document'>) {
  if (config.audience.ledger || !config.serve.subscribe) return undefined;
  const { audience } = (document.value ?? {}) as { audience?: unknown };
  const { line } = document.keyAt(['audience']);
  return {
    message: 'readers who sign up and confirm get no email, because audience.ledger is not on',
    remedy: audience
      ? `add the line "  ledger: true" below "audience:" (${document.file}:${line})`
      : `add the line "audience: { ledger: true }" to ${CONFIG_FILE}`,
  };
}
