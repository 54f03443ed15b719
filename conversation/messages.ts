// LangChain's messages on one side, questions and answers about one image on the other.
import { AIMessage, type BaseMessage, type ContentBlock, HumanMessage } from '@langchain/core/messages';
import type { QuestionAndAnswer } from './template.ts';

/** What was said about an image: the turns so far and the question that is live. */
export interface Dialogue {
  readonly turns: readonly QuestionAndAnswer[];
  readonly question: string;
}

export type ImageBlock = ContentBlock.Multimodal.Image;

/**
 * A message about an image whose features are known.
 * @param imageKey the key that FeatureCache.see gave
 */
export function imageMessage(
  imageKey: string,
  text: string,
  { askedBy, messageId }: { askedBy?: string; messageId?: string } = {},
): HumanMessage {
  const content = [
    { type: 'image' as const, fileId: imageKey },
    { type: 'text' as const, text },
  ];
  return new HumanMessage({
    content,
    ...(askedBy !== undefined && { name: askedBy }),
    ...(messageId !== undefined && { id: messageId }),
  });
}

export function textOf(message: BaseMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content.map((block) => (block.type === 'text' ? String(block.text) : '')).join('');
}

/** Whichever of LangChain's and OpenAI's forms they are in. */
export function imagesOf(message: BaseMessage): ImageBlock[] {
  return blocksOf(message).filter((block): block is ImageBlock => block.type === 'image');
}

/** @throws TypeError for none and for several */
export function onlyImage(messages: readonly BaseMessage[]): ImageBlock {
  const [image, ...others] = messages.flatMap(imagesOf);
  if (image && others.length === 0) return image;
  const count = image ? others.length + 1 : 0;
  throw new TypeError(
    `BLIP-2 talks about exactly one image, got ${count}. Put one image block into the messages.`,
  );
}

/** @throws TypeError for calls of tools, for blocks that are neither text nor image, and for an image in an answer */
export function refuseOtherContent(message: BaseMessage): void {
  if (AIMessage.isInstance(message) && message.tool_calls?.length) {
    throw new TypeError('BLIP-2 calls no tools, got an ai message with tool_calls. Leave it out.');
  }
  const other = blocksOf(message).find(({ type }) => type !== 'text' && type !== 'image');
  if (other) throw new TypeError(`BLIP-2 takes text and one image, got a block of type ${other.type}.`);
  if (message.type === 'ai' && imagesOf(message).length > 0) {
    throw new TypeError(
      'BLIP-2 answers with text, got an ai message with an image. Put it into a human one.',
    );
  }
}

function blocksOf(message: BaseMessage): ContentBlock[] {
  return typeof message.content === 'string' ? [] : message.contentBlocks.map(inOneForm);
}

/** contentBlocks turns OpenAI's own form into LangChain's, but not the shorter one, which LangChain had, and no URL. */
function inOneForm(block: ContentBlock): ContentBlock {
  const { type, url, image_url: image } = block as { type: string; url?: unknown; image_url?: unknown };
  if (type === 'image' && url instanceof URL) return { ...block, url: url.href };
  const address = (image as { url?: unknown } | undefined)?.url ?? image;
  const isAddress = typeof address === 'string' || address instanceof URL;
  return type === 'image_url' && isAddress ? { type: 'image', url: String(address) } : block;
}

/**
 * Reads human, ai, human, ai, ..., human.
 * @throws TypeError for any other order
 */
export function readDialogue(messages: readonly BaseMessage[]): Dialogue {
  const order = messages.map((message) => message.type);
  const live = messages.at(-1);
  if (!live || order.length % 2 === 0 || order.some((type, i) => type !== (i % 2 ? 'ai' : 'human'))) {
    throw new TypeError(
      `Expected human and ai messages in turn, the last one human, got: ${order.join(', ') || 'none'}. ` +
        'BLIP-2 has no system prompt and no tools.',
    );
  }
  return { turns: pairUp(messages.slice(0, -1)), question: textOf(live) };
}

/** Human and ai messages in turn, as questions with their answers. */
export function pairUp(messages: readonly BaseMessage[]): QuestionAndAnswer[] {
  const turns: QuestionAndAnswer[] = [];
  for (let i = 0; i + 1 < messages.length; i += 2) {
    const [question, answer] = [messages[i], messages[i + 1]];
    if (question && answer) turns.push({ question: textOf(question), answer: textOf(answer) });
  }
  return turns;
}
