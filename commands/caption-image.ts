// "Caption image" in a message's menu: says what the picture on it shows.
import { ApplicationCommandType, ContextMenuCommandBuilder, InteractionContextType } from 'discord.js';
import { acknowledge } from './acknowledge.ts';
import { answerInteraction } from './answer-interaction.ts';
import { answerRow } from './answer-row.ts';
import type { MessageCommand } from './command.ts';
import { InteractionDraft } from './interaction-draft.ts';
import { languageNote } from './language-of.ts';
import { lookAtReadable } from './look-at-readable.ts';
import { pictureRows } from './picture-menu.ts';
import { pictureOn } from './picture-on.ts';
import { menuEntry } from './texts/described.ts';
import { toldCaption } from './told-answer.ts';

export const captionImage: MessageCommand = {
  data: menuEntry(new ContextMenuCommandBuilder(), 'captionImage')
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    const { conversations, drafts, images, signal } = services;
    const first = pictureOn(interaction);
    await acknowledge(interaction, {}, signal);
    const { channel, locale, user } = interaction;
    const {
      image,
      seen: caption,
      note: unreadable,
    } = await drafts.during(new InteractionDraft(interaction), (onProgress) =>
      lookAtReadable(first, { locale }, services, (image) => {
        const fetchImage = () => images.fetch(image, signal);
        return conversations.caption({ image, fetchImage, askedBy: user.id, signal, onProgress });
      }),
    );
    const components = [
      answerRow({ image, askerId: user.id, channel, locale }),
      ...pictureRows(image, locale),
    ];
    const note = await languageNote(user.id, locale, services);
    const text = `${toldCaption(caption, locale, image)}${unreadable}${note}`;
    await answerInteraction(interaction, { text, components }, signal);
  },
};
