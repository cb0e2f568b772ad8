import type { IssueRule } from '../rule.js';

export const imageRemoteWidth: IssueRule = {
  name: 'image/remote-width',
  severity: 'warning',
  summary: 'an image in Markdown text that is loaded from the web, so obn does not know its width',
  remedy:
    'save the file in issues/images/ and use it from there, so that obn writes its width into the email. Outlook for Windows shows an image without a width at its full size, which may be wider than the email',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![Costs fall by half in May](https://pictures.example.org/chart.png)\n',
    at: 'Look:',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![Costs fall by half in May](images/chart.png)\n',
    pictures: { 'images/chart.png': { width: 1_040, height: 520 } },
  },
  // An image of a section fills the column. In Markdown text, that would enlarge a badge or an icon.
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      if (picture.alt === undefined || !/^https?:/i.test(picture.src)) continue;
      yield {
        at: picture,
        message: 'obn does not know how wide this image is, and Outlook for Windows may show it too wide',
      };
    }
  },
};
