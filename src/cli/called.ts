/** The first word that is no option: the command, or the one that help is asked for. */
export function calledCommand(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index];
    if (word === '-C') index += 1;
    else if (word !== undefined && word !== 'help' && !word.startsWith('-')) return word;
  }
  return undefined;
}
