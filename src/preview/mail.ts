import { join } from 'node:path';
import type { Secrets } from '../message/token.js';
import { GMAIL_CLIP_BYTES, weigh } from '../message/weight.js';
import { type Addressee, MessageWriter } from '../message/writer.js';
import { modifiedAt } from '../platform/files.js';
import { fillText } from '../render/fill.js';
import { localPictures, type Mark, type Scheme, withMarks, withOwnTabs, withScheme } from './frame.js';
import type { Rendering } from './generation.js';
import { type Frame, PICTURES, type Source } from './preview-files.js';
import type { MailFacts } from './protocol.js';
import { snippetOf } from './snippet.js';

/** An issue as one reader would receive it. */
export class Mail {
  private readonly writer: MessageWriter;
  private readonly final: { readonly subject: string; readonly text: string; readonly html: string };

  /** @param secret signs the unsubscribe link. */
  constructor(
    private readonly rendering: Rendering,
    private readonly reader: Addressee,
    secret: Secrets,
  ) {
    this.writer = new MessageWriter(rendering.message, { secret });
    this.final = this.writer.read(reader);
  }

  facts(): MailFacts {
    const { rendered, issue, newsletter } = this.rendering;
    const { name, address } = this.reader;
    return {
      title: issue.title,
      from: newsletter.config.from,
      to: name === '' ? address : `${name} <${address}>`,
      subject: this.final.subject,
      snippet: snippetOf(this.final.html),
      weight: weigh(rendered.parts, this.writer.values(this.reader)),
      textBytes: Buffer.byteLength(this.final.text),
      clipBytes: GMAIL_CLIP_BYTES,
      remotePictures: this.withLocalPictures(this.final.html).remote,
    };
  }

  /** A page for a frame. The email contains markers for sections and for the Gmail clip line. */
  frame(file: Frame, scheme: Scheme): string {
    const html = file === 'web.html' ? this.rendering.rendered.web : withMarks(this.final.html, this.marks());
    return withOwnTabs(withScheme(this.withLocalPictures(html).html, scheme));
  }

  /** @param now time for the Date header, in milliseconds since 1970. */
  source(file: Source, now: number): string {
    const { rendered, issue } = this.rendering;
    const sources: Record<Source, () => string> = {
      'email.html': () => this.final.html,
      'email.mjml': () => rendered.mjml,
      'email.txt': () => this.final.text,
      'web.html': () => rendered.web,
      'message.eml': () => this.writer.write(this.reader, now).raw().toString('latin1'),
      'issue.yaml': () => issue.document.text,
    };
    return sources[file]();
  }

  private withLocalPictures(html: string): { html: string; remote: number } {
    const { config, root } = this.rendering.newsletter;
    const version = (path: string) => modifiedAt(join(root, 'issues', path));
    return localPictures(html, config.newsletter.url, version, PICTURES);
  }

  private marks(): Mark[] {
    const { rendered } = this.rendering;
    const values = this.writer.values(this.reader);
    const marks: Mark[] = [];
    let offset = 0;
    for (const { html, section } of rendered.parts) {
      if (section !== undefined) marks.push({ offset, text: `section ${section}` });
      offset += fillText(html, values).length;
    }
    const bytes = Buffer.from(this.final.html);
    if (bytes.length > GMAIL_CLIP_BYTES) {
      marks.push({ offset: bytes.subarray(0, GMAIL_CLIP_BYTES).toString().length, text: 'clip' });
    }
    return marks;
  }
}
