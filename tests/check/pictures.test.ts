import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const PICTURES = {
  'images/here.png': { width: 600, height: 300 },
  'images/square.png': { width: 480, height: 440 },
  'images/high.png': { width: 300, height: 1_800 },
  'images/icon.png': { width: 16, height: 40 },
};

async function found(issue: string, more: Record<string, string> = {}): Promise<string[]> {
  const files = { 'issues/images/words.png': 'no picture', ...more };
  const findings = await findingsOf(newsletterOf({ issue, files, pictures: PICTURES }));
  // These tests do not check image/remote-width.
  const others = findings.filter(({ rule }) => rule !== 'image/remote-width');
  return others.map(({ line, rule, message }) => `${line} ${rule} ${message}`);
}

const inText = (picture: string) =>
  found(`sections:\n  - type: intro\n    body: |\n      Look: ${picture}\n`);
const photo = (source: string) =>
  found(
    `sections:\n  - type: star\n    person: { name: Ada, photo: ${source} }\n    body: She wrote the first one.\n`,
  );

describe('an image in Markdown text', () => {
  it('has an unknown width when it is loaded from the web', async () => {
    const body = ['![Two clouds](Https://a.example/a.png)', '![Two clouds](images/here.png)'];
    const issue = `sections:\n  - type: intro\n    body: |\n      ${body.join('\n      ')}\n  - { type: image, src: "https://a.example/b.png", alt: Two clouds }\n`;
    const findings = await findingsOf(newsletterOf({ issue, pictures: PICTURES }));
    expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['4 image/remote-width']);
  });
});

describe('an image', () => {
  it.each([
    ['![Two clouds](images/gone.png)', '4 image/file there is no image issues/images/gone.png'],
    ['![Two clouds](../obn.yaml)', '4 image/file ../obn.yaml is not a path below issues/'],
    ['![Two clouds](/etc/hosts)', '4 image/file /etc/hosts is not a path below issues/'],
    ['![Two clouds](images)', '4 image/file there is no image issues/images'],
    [
      '![Two clouds](images/words.png)',
      '4 image/file issues/images/words.png is not an image that obn can read',
    ],
  ])('is reported when it is not usable: %s', async (picture, finding) => {
    expect(await inText(picture)).toEqual([finding]);
  });

  it('may be much taller than wide only if it is small', async () => {
    expect(await inText('![Two clouds](images/icon.png)')).toEqual([]);
    expect(await inText('![Two clouds](images/high.png)')).toEqual([
      '4 image/shape issues/images/high.png is 300 by 1800 pixels, which is taller than a screen',
    ]);
  });

  it('of a person must be almost square', async () => {
    expect(await photo('images/square.png')).toEqual([]);
    expect(await photo('https://pictures.example.org/ada.png')).toEqual([]);
    expect(await photo('images/here.png')).toEqual([
      '3 image/shape issues/images/here.png is 600 by 300 pixels, but a photo should be square',
    ]);
  });

  it.each([
    ['https://a.example/chart.svg', 'https://a.example/chart.svg is SVG, which Gmail does not show'],
    [
      'https://a.example/chart.webp?w=2',
      'https://a.example/chart.webp?w=2 is WEBP, which Outlook for Windows does not show',
    ],
    ['images/chart.svg', 'issues/images/chart.svg is SVG, which Gmail does not show'],
    ['images/other.png', 'issues/images/other.png is SVG, which Gmail does not show'],
  ])('that some clients do not show is a warning: %s', async (source, message) => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h1v1z"/></svg>';
    const files = { 'issues/images/chart.svg': svg, 'issues/images/other.png': svg };
    expect(await found(`sections:\n  - { type: image, src: "${source}", alt: Two clouds }\n`, files)).toEqual(
      [`2 image/format ${message}`],
    );
  });

  it('on the web must have a public https address', async () => {
    expect(await inText('![Two clouds](http://pictures.example.org/a.png)')).toEqual([
      '4 link/insecure http://pictures.example.org/a.png is not encrypted',
    ]);
    for (const host of ['localhost:8080', '10.1.2.3', 'printer.local', '192.168.0.7', '[::1]', 'nas'])
      expect(await inText(`![Two clouds](http://${host}/a.png)`)).toEqual([
        `4 image/reach readers would load this image from ${host.replace(':8080', '')}, which is only reachable on this network`,
      ]);
    for (const host of ['10.media.example.org', '127.example.org', '[2606:2800::1]', '93.184.216.34'])
      expect(await inText(`![Two clouds](https://${host}/a.png)`)).toEqual([]);
  });
});

describe('the logo', () => {
  const logo = async (source: string) => {
    const config = `theme: { logo: "${source}" }`;
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"></svg>';
    const findings = await findingsOf(newsletterOf({ config, files: { 'issues/images/logo.svg': svg } }));
    return findings.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`);
  };

  it.each([
    ['../obn.yaml', 'error theme/logo ../obn.yaml is not a path below issues/'],
    ['images/logo.svg', 'warning theme/logo issues/images/logo.svg is SVG, which Gmail does not show'],
    ['http://logos.example.org/a.png', 'warning theme/logo http://logos.example.org/a.png is not encrypted'],
    [
      'https://localhost/a.png',
      'warning theme/logo readers would load the logo from localhost, which is only reachable on this network',
    ],
  ])('that some readers do not see is reported: %s', async (source, message) => {
    expect(await logo(source)).toEqual([message]);
  });

  it('may be on another site', async () => {
    expect(await logo('https://logos.example.org/a.png')).toEqual([]);
  });
});

describe('alt text', () => {
  const alt = async (text: string) =>
    (await inText(`![${text}](https://pictures.example.org/a.png)`)).map((one) => one.split(' ')[1]);

  it.each([
    ...['chart', 'The chart.', 'A picture', '.', '…', 'Photo 2', 'IMG_2034.png', 'PXL 20240501 101112'],
    ...['Screenshot 2024-05-01 at 10.22.11', 'Screen Shot 2024-05-01 at 10.22.11 AM', 'Screenshot (12)'],
    ...['Screenshot from 2024-05-01 10-22-11', 'Bildschirmfoto 2024-05-01 um 10.22.11'],
  ])('that says nothing is reported: %s', async (text) => {
    expect(await alt(text)).toEqual(['image/alt-words']);
  });

  it.each([
    ...['A chart of costs that fall by half in May', 'Screenshot of the console with 3 alarms', '猫'],
    ...['Image 3 of 4: the queue is empty', 'Two clouds'],
  ])('that says something is accepted: %s', async (text) => {
    expect(await alt(text)).toEqual([]);
  });
});

describe('a link to a private network', () => {
  it.each(['http://localhost:3000/', 'https://192.168.0.1/', 'https://nas.local/'])(
    'is reported for %s',
    async (address) => {
      expect(await inText(`[the console](${address})`)).toEqual([
        `4 link/address ${address} leads to ${new URL(address).hostname}, which is only reachable on this network`,
      ]);
      expect(await inText(`\`${address}\``)).toEqual([]);
    },
  );
});
