/** A connection error from nodemailer, with the Node.js code in `originalCode`. */
interface ConnectionError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly message: string;
}

const CHECK_OFF = 'to skip certificate checks, add `?tls.rejectUnauthorized=false` to smtp.url';
const OWN_AUTHORITY = `for your own certificate, set NODE_EXTRA_CA_CERTS to the file of its certificate authority; ${CHECK_OFF}`;
const RENEW = `renew the server certificate; ${CHECK_OFF}`;

interface Trouble {
  readonly what: string;
  readonly remedy: string;
}

const UNTRUSTED: Trouble = {
  what: 'the server certificate was issued by an authority that this machine does not trust',
  remedy: OWN_AUTHORITY,
};
const SELF_SIGNED: Trouble = { what: 'the server certificate is self-signed', remedy: OWN_AUTHORITY };
const BROKEN: Trouble = { what: 'the server certificate is not valid', remedy: RENEW };

/** Certificate errors of Node.js (TLS documentation, "X509 certificate error codes"). */
export const CERTIFICATE_TROUBLES: Readonly<Record<string, Trouble>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: { what: 'the server certificate has expired', remedy: RENEW },
  CERT_NOT_YET_VALID: {
    what: 'the server certificate is not valid yet',
    remedy: `check the clock of this machine; ${CHECK_OFF}`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'the server certificate is for a different host name',
    remedy: `use the host name of the certificate in smtp.url; ${CHECK_OFF}`,
  },
  HOSTNAME_MISMATCH: {
    what: 'the server certificate is for a different host name',
    remedy: `use the host name of the certificate in smtp.url; ${CHECK_OFF}`,
  },
  CERT_REVOKED: BROKEN,
  CERT_REJECTED: BROKEN,
  CERT_SIGNATURE_FAILURE: BROKEN,
  CERT_CHAIN_TOO_LONG: BROKEN,
  INVALID_CA: BROKEN,
  INVALID_PURPOSE: BROKEN,
  PATH_LENGTH_EXCEEDED: BROKEN,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: BROKEN,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: BROKEN,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: BROKEN,
  ERROR_IN_CERT_NOT_AFTER_FIELD: BROKEN,
};

/** The certificate problem and its fix; undefined for other errors. */
export function certificateTrouble(error: ConnectionError): { code: string; reason: string } | undefined {
  for (const code of [error.originalCode, error.code]) {
    const trouble = code === undefined ? undefined : CERTIFICATE_TROUBLES[code];
    if (code !== undefined && trouble) {
      return { code, reason: `${trouble.what} (${error.message}); ${trouble.remedy}` };
    }
  }
  return undefined;
}
