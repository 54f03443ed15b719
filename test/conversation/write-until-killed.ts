// A process that adds turns to one conversation until it is killed, and says after each how many there are.
// Arguments: the store's address.
import { AIMessage } from '@langchain/core/messages';
import { ConversationHistory } from '../../conversation/history.ts';
import { imageMessage } from '../../conversation/messages.ts';
import { ConversationRecords } from '../../conversation/records.ts';
import { openStore } from '../../conversation/store.ts';
import { silentLog } from '../support/logs.ts';

const store = openStore(process.argv[2] ?? '');
const history = await ConversationHistory.open(
  {
    records: new ConversationRecords(store, silentLog),
    conversationId: 'killed',
    reachable: (turns) => turns.slice(-200),
    log: silentLog,
  },
  { channelId: '1', messageId: '2', attachmentId: '3' },
);
while (true) {
  const { turns, forgottenTurns = 0 } = history.scene;
  const number = turns.length + forgottenTurns;
  // Answers of different lengths, up to many database pages.
  const answer = `${number} `.repeat(1 + ((number * 37) % 500));
  await history.addMessages([
    imageMessage('key', `question ${number}`, { askedBy: 'somebody' }),
    new AIMessage(answer),
  ]);
  process.stdout.write(`${number}\n`);
}
