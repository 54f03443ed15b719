// What the model would read if a question came now: made by the code that answers, short of running the model.
import type { MemoryView } from './conversations.ts';
import type { ConversationHistory } from './history.ts';
import { imageMessage, readDialogue } from './messages.ts';
import { renderPrompt } from './template.ts';
import type { TokenWindow } from './window.ts';

/** @throws ConversationError for a question that can't fit */
export async function preview(
  history: ConversationHistory,
  window: TokenWindow,
  question: string,
): Promise<MemoryView> {
  window.checkQuestion(question);
  const { image, imageHash = '', turns, forgottenTurns = 0 } = history.scene;
  const asked = imageMessage(imageHash, question);
  const dialogue = readDialogue(await window.trim([...(await history.getMessages()), asked]));
  const prompt = renderPrompt(dialogue.turns, dialogue.question);
  return {
    image,
    turns,
    turnsInPrompt: dialogue.turns.length,
    forgottenTurns,
    prompt,
    promptTokens: window.countPrompt(prompt),
    imageTokens: window.countPrompt(''),
    answerTokens: window.answerRoom,
    windowTokens: window.windowTokens,
    isRemembered: history.isRemembered,
  };
}
