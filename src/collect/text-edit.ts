/** A part of a text, by offsets, and what to write in its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const BOM = '\ufeff';

/** A file as it is on the disk, whose unchanged parts keep their line endings and byte order mark. */
export class EditedText {
  /** The text as obn reads it: with line feeds, and without a byte order mark. */
  readonly text: string;
  private readonly lineEnd: string;

  constructor(private readonly raw: string) {
    this.text = raw.replace(BOM_AT_START, '').replace(/\r\n?/g, '\n');
    this.lineEnd = /^[^\r\n]*\r\n/.test(raw) ? '\r\n' : '\n';
  }

  /** The file after an edit of {@link text}. */
  apply({ start, end, text }: TextEdit): string {
    const inserted = text.replaceAll('\n', this.lineEnd);
    return this.raw.slice(0, this.rawOffset(start)) + inserted + this.raw.slice(this.rawOffset(end));
  }

  private rawOffset(offset: number): number {
    let at = this.raw.startsWith(BOM) ? BOM.length : 0;
    for (let left = offset; left > 0; left--) at += this.raw.startsWith('\r\n', at) ? 2 : 1;
    return at;
  }
}

const BOM_AT_START = new RegExp(`^${BOM}`);
