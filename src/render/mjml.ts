import { configurationError, messageOf } from '../findings/error.js';

/**
 * Makes HTML of MJML. Loaded when it is needed, because the compiler takes longer to load than most commands run.
 * @throws ObnError when MJML does not take the template.
 */
export async function compileMjml(mjml: string, overrides: string): Promise<string> {
  const { default: compile } = await import('mjml');
  try {
    // Without `fonts`, MJML fetches those of its own list that a font stack names from a third party.
    const options = {
      validationLevel: 'strict',
      keepComments: false,
      ignoreIncludes: true,
      fonts: {},
    } as const;
    const { html } = await compile(mjml, options);
    return html;
  } catch (error) {
    throw configurationError(`MJML does not take what the templates made: ${messageOf(error).trim()}`, {
      hint: `look at your own templates in ${overrides}`,
      cause: error,
    });
  }
}
