// A process that quantises a checkpoint slowly until it is killed, and says how far it is. Argument: the folder.
import { makeRecipe } from '../../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../../models/quantise/quantise-checkpoint.ts';

const pause = new Int32Array(new SharedArrayBuffer(4));
await quantiseCheckpoint(process.argv[2] ?? '', {
  recipe: makeRecipe('int4'),
  syncBytes: 0,
  onProgress(written, total) {
    process.stdout.write(`${written / total}\n`);
    Atomics.wait(pause, 0, 0, 20);
  },
});
