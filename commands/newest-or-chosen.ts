// The picture that a plain question in a channel is about: on the newest message with any, the one that was chosen last.
import { frameOf, isSameFile, ofFrame } from '../conversation/frames.ts';
import type { PostedImage, Services } from './command.ts';
import { channelConversation } from './conversation-id.ts';
import { mayMove } from './named-frame.ts';

/** @param upTo a message: the newest as of then */
export async function newestOrChosen(
  channelId: string,
  { conversations, images }: Pick<Services, 'conversations' | 'images'>,
  upTo?: string,
): Promise<PostedImage | undefined> {
  const newest = await images.newestIn(channelId, upTo);
  if (!newest?.among || (newest.among.length < 2 && !mayMove(newest))) return newest;
  const { image } = (await conversations.recall(channelConversation(newest.messageId))) ?? {};
  if (!image || image.attachmentId === newest.attachmentId) return newest;
  if (isSameFile(image.attachmentId, newest.attachmentId)) return ofFrame(newest, frameOf(image));
  const pictures = await images.picturesBeside(newest);
  const chosen = pictures.find(({ attachmentId }) => isSameFile(attachmentId, image.attachmentId));
  return chosen ? ofFrame(chosen, frameOf(image)) : newest;
}
