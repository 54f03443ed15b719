// The menu under an answer about one of several pictures. It names the message that holds them and which of them the
// answer is about, so that a choice, or a reply to the answer, still finds it after a restart.
import { ActionRowBuilder, ComponentType, type Message, StringSelectMenuBuilder } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';
import { isSameFile } from '../conversation/frames.ts';
import { heldPrompt } from './begun.ts';
import type { PostedImage } from './command.ts';
import { say } from './texts/texts.ts';

export const pictureMenuId = 'picture';

/** What Discord takes in one menu. */
const mostOptions = 25;
const mostCharacters = 100;

/**
 * One row, or none where there is but one picture.
 * @param prompt how the caption was begun that the answer is
 */
export function pictureRows(
  image: SceneImage | PostedImage,
  locale: string,
  prompt = '',
): ActionRowBuilder<StringSelectMenuBuilder>[] {
  const among = 'among' in image ? (image.among ?? []) : [];
  if (among.length < 2) return [];
  const menu = new StringSelectMenuBuilder()
    .setCustomId(`${pictureMenuId}:${image.channelId}:${image.messageId}`)
    .setPlaceholder(say(locale, 'anotherPicturePlaceholder'))
    .setOptions(
      among.slice(0, mostOptions).map(({ attachmentId, name }, index) => ({
        label: say(locale, 'pictureNumber', { number: index + 1 }),
        description: name.slice(0, mostCharacters),
        value: `${attachmentId} ${heldPrompt(prompt)}`.trim(),
        default: isSameFile(attachmentId, image.attachmentId),
      })),
    );
  return [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)];
}

/** The message whose pictures a menu offers. */
export function menuMessage(customId: string): Pick<SceneImage, 'channelId' | 'messageId'> | undefined {
  const [id, channelId, messageId] = customId.split(':');
  return id === pictureMenuId && channelId && messageId ? { channelId, messageId } : undefined;
}

/** What a menu gives for a picture; of the prompt, what is held of it. */
export function readChoice(value: string): { readonly attachmentId: string; readonly prompt: string } {
  const [attachmentId = '', ...prompt] = value.split(' ');
  return { attachmentId, prompt: prompt.join(' ') };
}

/** The picture that an answer of the bot's is about, by the menu under it. */
export function pictureChosenOn(answer: Message): SceneImage | undefined {
  for (const row of answer.components) {
    if (!('components' in row)) continue;
    for (const component of row.components) {
      if (component.type !== ComponentType.StringSelect) continue;
      const holder = menuMessage(component.customId);
      const chosen = component.options.find((option) => option.default);
      if (!holder || !chosen) continue;
      const { guildId } = answer;
      const { attachmentId } = readChoice(chosen.value);
      return { ...holder, attachmentId, ...(guildId && { guildId }) };
    }
  }
  return undefined;
}
