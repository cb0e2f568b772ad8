import type { z } from 'zod';
import { section } from '../document/fields.js';
import type { Environment } from '../platform/process.js';
import { described } from '../text/described.js';
import type { Transport } from './transport.js';

/** What a transport reads of a newsletter. */
export interface TransportHost {
  readonly root: string;
  readonly config: {
    readonly tracking: { readonly opens: boolean; readonly clicks: boolean };
  };
  /** @throws ObnError when a variable in this part of obn.yaml is not set. */
  need(part: string): void;
}

type Shape = z.ZodRawShape;
/** The settings of a transport after they were checked. */
type Values<S extends Shape> = z.output<ReturnType<typeof section<S>>>;

/** The files that a transport writes instead of handing messages over. */
interface Files<S extends Shape> {
  /** As it is named in sentences, such as `the outbox`. */
  readonly what: string;
  folder(settings: Values<S>, root: string): string;
  /** The names of files that hold a message to an address. */
  namesFor(address: string): string[];
  /** Removes what an earlier rehearsal of an issue wrote into the folder; other files stay. */
  clear(folder: string, issue: number): Promise<void>;
}

interface Definition<Name extends string, S extends Shape> {
  readonly name: Name;
  /** What it does with a message, as the end of a sentence. */
  readonly summary: string;
  /** Whether readers get what goes through it. */
  readonly live: boolean;
  /** Whether the provider signs as identities that it tells of, which `obn doctor` then examines. */
  readonly identities?: boolean;
  /** Its keys in obn.yaml, in a mapping of its name. */
  readonly settings: S;
  readonly files?: Files<S>;
  /** A web address of the provider, which knows what time it is. */
  clockUrl?(settings: Values<S>, env: Environment): Promise<string>;
  /** @throws ObnError when the settings are not complete. */
  open(settings: Values<S>, host: TransportHost, env: Environment): Promise<Transport>;
}

/** A way to send, as a record: everything that the rest of obn has to know of it. */
export interface TransportKind<Name extends string = string, S extends Shape = Shape> {
  readonly name: Name;
  readonly summary: string;
  readonly live: boolean;
  readonly identities: boolean;
  readonly schema: ReturnType<typeof section<S>>;
  /** Left out where it writes no files. */
  readonly files?: {
    readonly what: string;
    /** Absolute path. */
    folder(host: TransportHost): string;
    namesFor(address: string): string[];
    clear(host: TransportHost, issue: number): Promise<void>;
  };
  clockUrl?(host: TransportHost, env: Environment): Promise<string>;
  /** @throws ObnError when its part of the configuration is not complete. */
  open(host: TransportHost, env: Environment): Promise<Transport>;
}

/** Makes the record of a transport, which finds its settings in a newsletter by its name. */
export function defineTransport<const Name extends string, S extends Shape>(
  definition: Definition<Name, S>,
): TransportKind<Name, S> {
  const { name, summary, live, identities = false, settings, files, clockUrl } = definition;
  const settingsIn = ({ config }: TransportHost) =>
    (config as unknown as Record<string, Values<S>>)[name] as Values<S>;
  const folder = (host: TransportHost) => files?.folder(settingsIn(host), host.root) ?? host.root;
  return {
    ...{
      name,
      summary,
      live,
      identities,
      schema: section(settings).meta(described(`Settings of the transport that ${summary}.`)),
    },
    ...(files && {
      files: {
        ...{ what: files.what, folder },
        namesFor: (address) => files.namesFor(address),
        clear: (host, issue) => files.clear(folder(host), issue),
      },
    }),
    ...(clockUrl && { clockUrl: (host, env) => clockUrl(settingsIn(host), env) }),
    open(host, env) {
      host.need(name);
      return definition.open(settingsIn(host), host, env);
    },
  };
}
