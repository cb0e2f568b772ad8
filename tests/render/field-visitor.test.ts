import { describe, expect, it } from 'vitest';
import { visitFields } from '../../src/render/field-visitor.js';
import { sectionTypes } from '../../src/templates/table.js';

const mark = (kind: string, value: string) => `${kind}(${value})`;

function schemaOf(name: string) {
  const type = sectionTypes.find((one) => one.name === name);
  if (!type) throw new Error(`no section ${name}`);
  return type.schema;
}

describe('visiting the fields of a section', () => {
  it('visits every field with its kind and path', () => {
    const paths: string[] = [];
    const view = visitFields(
      schemaOf('events'),
      { type: 'events', heading: 'H', items: [{ title: 'T', url: 'U', starts: 'S', note: 'N' }] },
      (kind, value, path) => {
        paths.push(path.join('.'));
        return mark(kind, value);
      },
      ['sections', 4],
    );
    expect(view).toEqual({
      type: 'events',
      heading: 'text(H)',
      items: [{ title: 'text(T)', url: 'url(U)', starts: 'moment(S)', note: 'markdown(N)' }],
    });
    expect(paths).toEqual([
      'sections.4.heading',
      'sections.4.items.0.title',
      'sections.4.items.0.url',
      'sections.4.items.0.starts',
      'sections.4.items.0.note',
    ]);
  });

  it('visits optional fields and fields with a default', () => {
    const data = {
      type: 'star',
      heading: 'H',
      person: { name: 'P', photo: 'a.png' },
      body: 'B',
      quote: { text: 'Q' },
    };
    expect(visitFields(schemaOf('star'), data, mark)).toEqual({
      type: 'star',
      heading: 'text(H)',
      person: { name: 'text(P)', photo: 'picture(a.png)' },
      body: 'markdown(B)',
      quote: { text: 'text(Q)' },
    });
  });

  it('skips missing fields', () => {
    expect(visitFields(schemaOf('image'), { type: 'image', src: 'a', alt: 'b' }, mark)).toEqual({
      type: 'image',
      src: 'picture(a)',
      alt: 'text(b)',
    });
  });
});
