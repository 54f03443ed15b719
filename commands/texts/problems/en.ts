// English: what the rooms below say of pictures and questions.
import { problems as ofConversation } from '../../../conversation/problems.ts';
import { problems as ofModels } from '../../../models/problems.ts';

export const en = { ...ofConversation, ...ofModels } as const;
