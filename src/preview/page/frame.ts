const CLIP_LINE =
  'position:absolute;left:0;right:0;z-index:9;border-top:2px dashed #b91c1c;text-align:right;pointer-events:none';
const CLIP_ID = 'obn-clip';
const CLIP_LABEL = 'padding:2px 8px;background:#b91c1c;color:#fff;font:600 12px/1.6 system-ui,sans-serif';

/** Frame that updates pages in place, which keeps the scroll position. */
export class Frame {
  private base = '';
  private latest = 0;
  /** The position of the clip line depends on the width and on images that load later. */
  private readonly sizes = new ResizeObserver(() => this.drawClip());

  constructor(
    private readonly element: HTMLIFrameElement,
    private readonly fetchPage: (path: string) => Promise<string>,
  ) {}

  /**
   * Shows a page. If only the content changes, the document and its scroll position stay.
   * @param path path of the page with its query
   * @param base identity of the document; it is kept while this value is the same
   * @throws any error of the request
   */
  async show(path: string, base: string): Promise<void> {
    this.latest += 1;
    const turn = this.latest;
    const html = await this.fetchPage(path);
    if (turn !== this.latest) return;
    if (base !== this.base) {
      await this.load(path);
      this.base = base;
    } else this.replace(html);
    this.sizes.disconnect();
    if (this.document?.body && this.mark('clip')) this.sizes.observe(this.document.body);
  }

  /** Scrolls to a section and highlights it briefly. @returns whether the section exists */
  jumpTo(section: number): boolean {
    const target = this.sectionElement(section);
    if (!target) return false;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    const shown = { outline: '3px solid #3b82f6', outlineOffset: '4px' };
    target.animate([shown, shown, { outline: '3px solid transparent', outlineOffset: '4px' }], 1_800);
    return true;
  }

  toTop(): void {
    this.element.contentWindow?.scrollTo({ top: 0 });
  }

  private get document(): Document | null {
    return this.element.contentDocument;
  }

  private load(path: string): Promise<void> {
    return new Promise((resolve) => {
      this.element.addEventListener('load', () => resolve(), { once: true });
      // Replaces the URL, so that the frame adds no history entry.
      this.element.contentWindow?.location.replace(path);
    });
  }

  /** Parsed by the frame's document, whose policy allows inline styles. */
  private replace(html: string): void {
    const { document, element } = this;
    if (!document) return;
    const [, attributes = '', content = html] =
      /<html\b([^>]*)>([\s\S]*?)(?:<\/html>\s*)?$/i.exec(html) ?? [];
    const { scrollX, scrollY } = element.contentWindow ?? { scrollX: 0, scrollY: 0 };
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const [, name = '', value = ''] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g))
      root.setAttribute(name, value);
    root.innerHTML = content;
    element.contentWindow?.scrollTo(scrollX, scrollY);
  }

  private mark(text: string): Comment | undefined {
    const { document } = this;
    if (!document?.body) return undefined;
    const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
    while (comments.nextNode()) {
      if (comments.currentNode.nodeValue === text) return comments.currentNode as Comment;
    }
    return undefined;
  }

  private sectionElement(section: number): Element | undefined {
    const mark = this.mark(`section ${section}`);
    // In a web page, sections are elements.
    return mark ? elementAfter(mark) : this.document?.querySelectorAll('article > :not(header)')[section];
  }

  /** Draws the line where Gmail clips. */
  private drawClip(): void {
    const { document } = this;
    const mark = this.mark('clip');
    const element = mark && (elementAfter(mark) ?? mark.parentElement);
    if (!document || !element) return;
    document.getElementById(CLIP_ID)?.remove();
    const top = element.getBoundingClientRect().top + (document.defaultView?.scrollY ?? 0);
    const line = document.createElement('div');
    line.id = CLIP_ID;
    line.style.cssText = `${CLIP_LINE};top:${top}px`;
    const label = line.appendChild(document.createElement('span'));
    label.style.cssText = CLIP_LABEL;
    label.textContent = 'Gmail clips the message here';
    document.body.append(line);
  }
}

/** The first element after a node, in its parent or after it. */
function elementAfter(node: Node): Element | undefined {
  for (let one: Node | null = node; one; one = one.parentNode) {
    for (let next = one.nextSibling; next; next = next.nextSibling) {
      if (next.nodeType === Node.ELEMENT_NODE) return next as Element;
    }
  }
  return undefined;
}
