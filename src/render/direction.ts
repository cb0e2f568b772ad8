/** Scripts that are written from right to left. */
const FROM_THE_RIGHT = new Set('Adlm Arab Aran Armi Hebr Mand Nkoo Rohg Samr Sogd Syrc Thaa Yezi'.split(' '));

/** In which direction a language is written, by its script, or the one that it is most likely written in. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(language).maximize();
  return FROM_THE_RIGHT.has(script) ? 'rtl' : 'ltr';
}
