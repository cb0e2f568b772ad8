import { SearchDialog } from './search/dialog.js';
import { SearchService } from './search/service.js';

let dialog: Promise<SearchDialog> | undefined;

/**
 * Opens the search. Loads its data on first use.
 * @param options language for dates
 */
export async function openSearch({ language }: { readonly language: string }): Promise<void> {
  dialog ??= SearchDialog.make(new SearchService(new URL('../search/', import.meta.url)), language);
  (await dialog).open();
}
