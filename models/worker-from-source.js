// Starts worker.ts from source: on Node 20 a worker doesn't inherit tsx's hooks, so it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
