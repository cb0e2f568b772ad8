/** Right-to-left scripts. */
const FROM_THE_RIGHT = new Set('Adlm Arab Aran Armi Hebr Mand Nkoo Rohg Samr Sogd Syrc Thaa Yezi'.split(' '));

/** Text direction of a language, by its explicit or most likely script. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(language).maximize();
  return FROM_THE_RIGHT.has(script) ? 'rtl' : 'ltr';
}
