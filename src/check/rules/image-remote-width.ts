import type { IssueRule } from '../rule.js';

export const imageRemoteWidth: IssueRule = {
  name: 'image/remote-width',
  severity: 'warning',
  summary: 'an image in a text that is loaded from the web, so that obn does not know its width',
  remedy:
    'save the file below issues/images and link to it there: obn then writes its width into the email. Outlook for Windows shows an image without a width at its full size, which may be wider than the email',
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
  // Images of sections have the width of their column. In a text, that would enlarge a badge or an icon.
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
