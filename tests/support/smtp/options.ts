import type { SMTPServerOptions } from 'smtp-server';

/** What a client has to log in with. */
export interface Login {
  readonly user: string;
  readonly pass: string;
}

const COMMON = {
  disableReverseLookup: true,
  hideSMTPUTF8: true,
  logger: false,
  maxAllowedUnauthenticatedCommands: false,
} as const;

/** A server without TLS, with or without a login. */
export function serverOptions(auth?: Login): SMTPServerOptions {
  return {
    ...COMMON,
    ...(auth ? loginOptions(auth) : { authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] }),
  };
}

function loginOptions(auth: Login): SMTPServerOptions {
  return {
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      const known = username === auth.user && password === auth.pass;
      done(null, known ? { user: username } : { message: 'Authentication failed', responseCode: 535 });
    },
  };
}
