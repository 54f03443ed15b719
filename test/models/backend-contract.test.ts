import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { describeBackend } from './backend-contract.ts';
import { EMOJI } from './support/goldens.ts';

describeBackend('LocalBackend', () => LocalBackend.open(EMOJI, { preprocess }));
describeBackend('WorkerBackend', () => WorkerBackend.open({ folder: EMOJI, device: 'cpu' }));
