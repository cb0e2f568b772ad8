import { SearchDialog } from './search/dialog.js';
import { SearchService } from './search/service.js';

let dialog: Promise<SearchDialog> | undefined;

/**
 * Opens the search; what it needs is fetched the first time.
 * @param options in which language dates are written
 */
export async function openSearch({ language }: { readonly language: string }): Promise<void> {
  dialog ??= SearchDialog.make(new SearchService(new URL('../search/', import.meta.url)), language);
  (await dialog).open();
}
