/**
 * How much time of the processor some work takes, in milliseconds for each kilobyte of its input. Unlike the time on
 * the clock, it hardly changes with what else the machine does.
 */
export async function cpuPerKilobyte(characters: number, work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (characters / 1_000);
}
