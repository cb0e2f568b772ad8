import { pinned } from './action-pins.js';

/** Steps that every job begins with. Nothing is installed but obn, of the version that wrote this. */
const BEGIN = `      - uses: ${pinned('actions/checkout')}
        with: { persist-credentials: false }
      - uses: ${pinned('actions/setup-node')}
        with: { node-version: 22 }`;

/**
 * What GitHub does for a newsletter, by file: checks pull requests, sends what is due, publishes the archive. Each job
 * may do what it needs and nothing else, and those that act on others wait until a variable says so.
 * @param version of obn
 */
export function workflowFiles(version: string): [file: string, text: string][] {
  const obn = `npx --yes obn@${version}`;
  return [
    ['.github/workflows/newsletter.yml', newsletterWorkflow(obn)],
    ['.github/workflows/archive.yml', archiveWorkflow(obn)],
  ];
}

/** GitHub's cron may fire late, twice or not at all, most of all at the full hour; `obn send --due` is made for that. */
function newsletterWorkflow(obn: string): string {
  return `# Checks pull requests, and sends what is due. What has to be set for it stands in docs/ci.md of obn.
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

  # Nothing is sent before the variable OBN_SEND is yes.
  send:
    # By hand from main alone: another branch has what nobody has agreed to. A schedule is of the default branch.
    if: (github.event_name == 'schedule' || github.ref == 'refs/heads/main') && vars.OBN_SEND == 'yes'
    runs-on: ubuntu-latest
    timeout-minutes: 60
    # One at a time; one that is sending is never cancelled.
    concurrency: { group: newsletter-send, cancel-in-progress: false }
    permissions:
      contents: read
      id-token: write # to be somebody for AWS, without a key
    steps:
${BEGIN}
      # Installs obn while there are no secrets yet: only the last step has them.
      - run: ${obn} --version
      - if: vars.OBN_AWS_ROLE != ''
        uses: ${pinned('aws-actions/configure-aws-credentials')}
        with:
          role-to-assume: \${{ vars.OBN_AWS_ROLE }}
          aws-region: \${{ vars.OBN_AWS_REGION }}
      # The list is not in git; OBN_LIST is where it is kept, such as s3://my-bucket/subscribers.csv
      - if: vars.OBN_LIST != ''
        env:
          OBN_LIST: \${{ vars.OBN_LIST }}
        run: aws s3 cp "$OBN_LIST" subscribers.csv --only-show-errors
      - run: ${obn} send --due --yes
        env:
          OBN_SECRET: \${{ secrets.OBN_SECRET }}
          # A ledger that outlives the runner; without it nobody knows what was sent, and nothing is.
          OBN_LEDGER: \${{ secrets.OBN_LEDGER }}
          SMTP_URL: \${{ secrets.SMTP_URL }}
`;
}

function archiveWorkflow(obn: string): string {
  return `# Publishes the archive with GitHub Pages; docs/ci.md of obn says more.
name: Archive

on:
  push:
    branches: [main]
  schedule:
    # Issues become public on their day.
    - cron: "41 5 * * *"
  workflow_dispatch:

permissions: {}

concurrency: { group: newsletter-archive, cancel-in-progress: false }

jobs:
  # Nothing is published before the variable OBN_ARCHIVE is yes.
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

  # A job of its own, so that nothing that builds the site may change what is published.
  deploy:
    needs: publish
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write # Pages asks who publishes
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: ${pinned('actions/deploy-pages')}
`;
}
