/** An error of a connection, as nodemailer hands it on: the code of Node.js is then in `originalCode`. */
interface ConnectionError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly message: string;
}

const CHECK_OFF = 'to connect without the check, add `?tls.rejectUnauthorized=false` to smtp.url';
const OWN_AUTHORITY = `if the certificate is your own, set NODE_EXTRA_CA_CERTS to the file of its authority; ${CHECK_OFF}`;
const RENEW = `renew the certificate of the server; ${CHECK_OFF}`;

interface Trouble {
  readonly what: string;
  readonly remedy: string;
}

const UNTRUSTED: Trouble = {
  what: 'the certificate of the server comes from an authority that this machine does not trust',
  remedy: OWN_AUTHORITY,
};
const SELF_SIGNED: Trouble = { what: 'the certificate of the server is self-signed', remedy: OWN_AUTHORITY };
const BROKEN: Trouble = { what: 'the certificate of the server is not valid', remedy: RENEW };

/** Why Node.js does not trust a certificate (its documentation of TLS, "X509 certificate error codes"). */
export const CERTIFICATE_TROUBLES: Readonly<Record<string, Trouble>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: { what: 'the certificate of the server has expired', remedy: RENEW },
  CERT_NOT_YET_VALID: {
    what: 'the certificate of the server is not valid yet',
    remedy: `check the clock of this machine; ${CHECK_OFF}`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'the certificate of the server is for another name',
    remedy: `use the name in the certificate in smtp.url; ${CHECK_OFF}`,
  },
  HOSTNAME_MISMATCH: {
    what: 'the certificate of the server is for another name',
    remedy: `use the name in the certificate in smtp.url; ${CHECK_OFF}`,
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

/** What is wrong with the certificate of the server, and what to do; undefined where the error is about something else. */
export function certificateTrouble(error: ConnectionError): { code: string; reason: string } | undefined {
  for (const code of [error.originalCode, error.code]) {
    const trouble = code === undefined ? undefined : CERTIFICATE_TROUBLES[code];
    if (code !== undefined && trouble) {
      return { code, reason: `${trouble.what} (${error.message}); ${trouble.remedy}` };
    }
  }
  return undefined;
}
