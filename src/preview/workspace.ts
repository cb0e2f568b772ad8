import { ObnError } from '../findings/error.js';
import type { Environment } from '../platform/process.js';
import { Generation, type Rendering } from './generation.js';
import { KnownReaders } from './known-readers.js';
import type { Broken } from './protocol.js';

/** An issue as it stands: rendered now, or as it was when it last could be, and what is wrong with it since. */
export interface Standing {
  readonly revision: number;
  readonly rendering?: Rendering;
  readonly broken?: Broken;
}

/** A newsletter that is being worked on. */
export class Workspace {
  private current: Generation;
  private readonly readers = new KnownReaders();
  private readonly good = new Map<number, { readonly revision: number; readonly rendering: Rendering }>();

  constructor(
    private readonly cwd: string,
    private readonly env: Environment,
  ) {
    this.current = new Generation(1, cwd, env, this.readers);
  }

  /** The newsletter since the last change. */
  get generation(): Generation {
    return this.current;
  }

  /** Something has changed: everything is read anew when it is asked for. @returns the new revision */
  changed(): number {
    this.current = new Generation(this.current.revision + 1, this.cwd, this.env, this.readers);
    return this.current.revision;
  }

  async standing(number: number): Promise<Standing> {
    const { current } = this;
    const { revision } = current;
    try {
      const rendering = await current.rendering(number);
      if ((this.good.get(number)?.revision ?? 0) < revision) this.good.set(number, { revision, rendering });
      return { revision, rendering };
    } catch (error) {
      const broken = brokenBy(error);
      const last = this.good.get(number)?.rendering;
      return { revision, broken, ...(last ? { rendering: last } : {}) };
    }
  }
}

/** @throws the error itself, when it is not about what the author has written. */
export function brokenBy(error: unknown): Broken {
  if (!(error instanceof ObnError)) throw error;
  const { message, hint, findings } = error;
  return { message, findings, ...(hint === undefined ? {} : { hint }) };
}
