/** So long may what nobody waits for any more take to end by itself. */
const REST_MS = 100;

/** Ends the process soon, although something hangs: a connection that gives no answer keeps it alive otherwise. */
export function endSoon(): void {
  setTimeout(() => process.exit(), REST_MS).unref();
}

/** Work that a person may stop: the signal fires when they do, and `dispose` ends the listening. */
export interface Interruption {
  readonly signal: AbortSignal;
  dispose(): void;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into `signal`, so that what is in flight can finish; a second one ends the
 * process at once, with the exit status that shells expect of it.
 */
export function onInterrupt(notice: () => void): Interruption {
  const controller = new AbortController();
  const handle = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143);
    controller.abort();
    notice();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  process.on('SIGHUP', handle);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
      process.off('SIGHUP', handle);
    },
  };
}
