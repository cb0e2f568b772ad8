import { pinned } from './action-pins.js';

/** The first steps of every job. */
const BEGIN = `      - uses: ${pinned('actions/checkout')}
        with: { persist-credentials: false }
      - uses: ${pinned('actions/setup-node')}
        with: { node-version: 22 }`;

/**
 * The GitHub workflows of a newsletter, by file: check pull requests, send what is due, publish the archive. Each job
 * has only the permissions that it needs. Sending and publishing start only when a variable enables them.
 * @param version of obn
 */
export function workflowFiles(version: string): [file: string, text: string][] {
  const obn = `npx --yes obn@${version}`;
  return [
    ['.github/workflows/newsletter.yml', newsletterWorkflow(obn)],
    ['.github/workflows/archive.yml', archiveWorkflow(obn)],
  ];
}

/** GitHub's cron may fire late, twice or not at all, especially on the hour. `obn send --due` copes with that. */
function newsletterWorkflow(obn: string): string {
  return `# Checks pull requests, and sends what is due. For the required settings, see docs/ci.md of obn.
name: Newsletter

on:
  pull_request:
  schedule:
    - cron: "7,22,37,52 * * * *"
  workflow_dispatch:

permissions: {}

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
${BEGIN}
      - run: ${obn} check --format github

  # Sends nothing until you set the variable OBN_SEND to yes.
  send:
    # Manual runs only from main, because other branches are not reviewed. A schedule runs on the default branch.
    if: (github.event_name == 'schedule' || github.ref == 'refs/heads/main') && vars.OBN_SEND == 'yes'
    runs-on: ubuntu-latest
    timeout-minutes: 60
    # One run at a time. A run that is sending is never cancelled.
    concurrency: { group: newsletter-send, cancel-in-progress: false }
    permissions:
      contents: read
      id-token: write # to sign in to AWS without a key
    steps:
${BEGIN}
      # Installs obn in a step that has no secrets: only the last step does.
      - run: ${obn} --version
      - if: vars.OBN_AWS_ROLE != ''
        uses: ${pinned('aws-actions/configure-aws-credentials')}
        with:
          role-to-assume: \${{ vars.OBN_AWS_ROLE }}
          aws-region: \${{ vars.OBN_AWS_REGION }}
      # The list is not in git. OBN_LIST is its address, such as s3://my-bucket/subscribers.csv
      - if: vars.OBN_LIST != ''
        env:
          OBN_LIST: \${{ vars.OBN_LIST }}
        run: aws s3 cp "$OBN_LIST" subscribers.csv --only-show-errors
      - run: ${obn} send --due --yes
        env:
          OBN_SECRET: \${{ secrets.OBN_SECRET }}
          # A ledger outside the runner. Without it, obn refuses to send.
          OBN_LEDGER: \${{ secrets.OBN_LEDGER }}
          SMTP_URL: \${{ secrets.SMTP_URL }}
`;
}

function archiveWorkflow(obn: string): string {
  return `# Publishes the archive with GitHub Pages. See docs/ci.md of obn.
name: Archive

on:
  push:
    branches: [main]
  schedule:
    # Issues become public on their date.
    - cron: "41 5 * * *"
  workflow_dispatch:

permissions: {}

concurrency: { group: newsletter-archive, cancel-in-progress: false }

jobs:
  # Publishes nothing until you set the variable OBN_ARCHIVE to yes.
  publish:
    if: vars.OBN_ARCHIVE == 'yes'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
${BEGIN}
      - run: ${obn} archive --out site
      - uses: ${pinned('actions/upload-pages-artifact')}
        with: { path: site }

  # A separate job, so that only this job has permission to publish.
  deploy:
    needs: publish
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write # GitHub Pages verifies the publisher
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: ${pinned('actions/deploy-pages')}
`;
}
