import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const PICTURES = {
  'images/here.png': { width: 600, height: 300 },
  'images/square.png': { width: 480, height: 440 },
  'images/high.png': { width: 300, height: 1_800 },
  'images/icon.png': { width: 16, height: 40 },
};

async function found(issue: string): Promise<string[]> {
  const files = { 'issues/images/words.png': 'no picture' };
  const findings = await findingsOf(newsletterOf({ issue, files, pictures: PICTURES }));
  return findings.map(({ line, rule, message }) => `${line} ${rule} ${message}`);
}

const inText = (picture: string) =>
  found(`sections:\n  - type: intro\n    body: |\n      Look: ${picture}\n`);
const photo = (source: string) =>
  found(
    `sections:\n  - type: star\n    person: { name: Ada, photo: ${source} }\n    body: She wrote the first one.\n`,
  );

describe('a picture', () => {
  it.each([
    ['![A drawing](images/gone.png)', '4 image/file there is no picture issues/images/gone.png'],
    ['![A drawing](../obn.yaml)', '4 image/file ../obn.yaml is no path below issues/'],
    ['![A drawing](/etc/hosts)', '4 image/file /etc/hosts is no path below issues/'],
    ['![A drawing](images)', '4 image/file there is no picture issues/images'],
    [
      '![A drawing](images/words.png)',
      '4 image/file issues/images/words.png is not a picture that can be read',
    ],
  ])('is none: %s', async (picture, finding) => {
    expect(await inText(picture)).toEqual([finding]);
  });

  it('may be much higher than wide only while it is small', async () => {
    expect(await inText('![A drawing](images/icon.png)')).toEqual([]);
    expect(await inText('![A drawing](images/high.png)')).toEqual([
      '4 image/shape issues/images/high.png is 300 pixels wide and 1800 high, which fills more than a screen',
    ]);
  });

  it('of a person is square, or nearly', async () => {
    expect(await photo('images/square.png')).toEqual([]);
    expect(await photo('https://pictures.example.org/ada.png')).toEqual([]);
    expect(await photo('images/here.png')).toEqual([
      '3 image/shape issues/images/here.png is 600 pixels wide and 300 high, and a photo is square',
    ]);
  });
});
