// npm run bench [-- NAME …]: ratios between things measured in one run on one machine; never a pass or fail.
import * as cli from './cli.js';

const suites = [cli];
const wanted = process.argv.slice(2);

for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  console.log(`\n${suite.name}: median of each, ratio with its spread`);
  for (const line of await suite.run()) console.log(line);
}
