// A process that holds the lock of a model until it is killed. Argument: the folder.
import { tryLockFolder } from '../../src/hub/cache-lock.ts';

tryLockFolder(process.argv[2] ?? '');
process.stdout.write('locked\n');
setInterval(() => {}, 1000);
