/** The words that are not options: the command, or the command after `help`, and its arguments. */
export function calledWords(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index];
    if (word === '-C') index += 1;
    else if (word !== undefined && word !== 'help' && !word.startsWith('-')) words.push(word);
  }
  return words;
}

/** The first of {@link calledWords}. */
export function calledCommand(argv: readonly string[]): string | undefined {
  return calledWords(argv)[0];
}

/** Whether a command line asks for help, of obn or of a command. */
export function asksForHelp(argv: readonly string[]): boolean {
  if (argv.some((word) => word === '-h' || word === '--help')) return true;
  const first = argv.find((word, index) => !word.startsWith('-') && argv[index - 1] !== '-C');
  return first === 'help';
}
