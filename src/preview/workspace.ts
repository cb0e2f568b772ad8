import { ObnError } from '../findings/error.js';
import type { Environment } from '../platform/process.js';
import { Generation, type Rendering } from './generation.js';
import { KnownReaders } from './known-readers.js';
import type { Broken } from './protocol.js';

/** The current or last good rendering of an issue, and the problem since then. */
export interface Standing {
  readonly revision: number;
  readonly rendering?: Rendering;
  readonly broken?: Broken;
}

/** A newsletter that is being edited. */
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

  /** The generation since the last change. */
  get generation(): Generation {
    return this.current;
  }

  /** Discards everything that was read. @returns the new revision */
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

/** @throws the error itself, if the author's files did not cause it. */
export function brokenBy(error: unknown): Broken {
  if (!(error instanceof ObnError)) throw error;
  const { message, hint, findings } = error;
  return { message, findings, ...(hint === undefined ? {} : { hint }) };
}
