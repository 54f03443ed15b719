// "Ask about image" in a message's menu: opens the form in which one asks about the picture on it.
import { ApplicationCommandType, ContextMenuCommandBuilder, InteractionContextType } from 'discord.js';
import { openForm } from './acknowledge.ts';
import { demandAllowed } from './allowed.ts';
import { askFormAbout } from './ask-form.ts';
import type { MessageCommand } from './command.ts';
import { pictureOn } from './picture-on.ts';
import { menuEntry } from './texts/described.ts';

export const askAboutImage: MessageCommand = {
  isFree: true,
  data: menuEntry(new ContextMenuCommandBuilder(), 'askAboutImage')
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, services) {
    await demandAllowed(interaction, services);
    await openForm(interaction, askFormAbout(pictureOn(interaction), interaction.locale), services.signal);
  },
};
