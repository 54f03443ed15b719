// Which of ours an interaction is meant for.
import type { Interaction } from 'discord.js';
import { ifAllowed } from '../commands/allowed.ts';
import type { AskedBy } from '../commands/asked-by.ts';
import type { Services } from '../commands/command.ts';
import { buttons, commands, forms, messageCommands, selectMenus } from '../commands/index.ts';

const commandsByName = new Map(commands.map((command) => [command.data.name, command]));
const messageCommandsByName = new Map(messageCommands.map((command) => [command.data.name, command]));
const buttonsById = byId(buttons);
const selectMenusById = byId(selectMenus);
const formsById = byId(forms);

/** Its work, still to be begun; undefined where it is none of ours, as of a version before. */
export function findHandler(
  interaction: Interaction,
  services: Services,
): { readonly source: AskedBy; readonly work: () => Promise<void> } | undefined {
  const found = <T extends AskedBy>(
    source: T,
    handler: { isFree?: true; execute(interaction: T, services: Services): Promise<void> } | undefined,
  ) => {
    if (!handler) return undefined;
    const execute = () => handler.execute(source, services);
    return { source, work: handler.isFree ? execute : () => ifAllowed(source, services, execute) };
  };

  if (interaction.isChatInputCommand())
    return found(interaction, commandsByName.get(interaction.commandName));
  if (interaction.isMessageContextMenuCommand()) {
    return found(interaction, messageCommandsByName.get(interaction.commandName));
  }
  if (interaction.isButton()) return found(interaction, buttonsById.get(idOf(interaction)));
  if (interaction.isStringSelectMenu()) return found(interaction, selectMenusById.get(idOf(interaction)));
  if (interaction.isModalSubmit()) return found(interaction, formsById.get(idOf(interaction)));
  return undefined;
}

/** Offers values for the option of a command that is being typed; nothing where it has none to offer. */
export async function completeOption(interaction: Interaction, services: Services): Promise<void> {
  if (!interaction.isAutocomplete()) return;
  await commandsByName.get(interaction.commandName)?.complete?.(interaction, services);
}

function byId<T extends { readonly id: string }>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [part.id, part]));
}

function idOf({ customId }: { readonly customId: string }): string {
  return customId.split(':')[0] ?? '';
}
