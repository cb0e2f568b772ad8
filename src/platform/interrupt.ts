/** Time for abandoned work to finish. */
const REST_MS = 100;

/** Ends the process soon, even if a hanging connection would keep it alive. */
export function endSoon(): void {
  setTimeout(() => process.exit(), REST_MS).unref();
}

/** An interruption by the user: `signal` fires on it, `dispose` stops listening. */
export interface Interruption {
  readonly signal: AbortSignal;
  dispose(): void;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into `signal`, so that work in flight can finish. A second one
 * ends the process immediately, with the conventional exit status.
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
