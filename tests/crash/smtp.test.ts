import { killsOf } from './suite.js';
import { targets } from './targets.js';

killsOf(targets.smtp);
