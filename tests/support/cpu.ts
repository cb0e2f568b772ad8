/**
 * How many milliseconds of the processor some work takes. Unlike the time on the clock, it hardly changes with what else
 * the machine does.
 */
export async function cpuMilliseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The same for each kilobyte of the input. */
export async function cpuPerKilobyte(characters: number, work: () => unknown): Promise<number> {
  return (await cpuMilliseconds(work)) / (characters / 1_000);
}
