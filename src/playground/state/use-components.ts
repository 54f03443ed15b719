// Somebody presses a button of the bot's, or sends the form that it opened.
import { type APIMessage, type APIUser, ComponentType, InteractionType } from 'discord.js';
import { componentsIn } from './components.ts';
import { startInteraction } from './interactions.ts';
import { UseError } from './use-error.ts';
import type { AnyChannel, StoredInteraction, World } from './world.ts';

/** @throws UseError when the message has no such button, or one that is switched off */
export function pressButton(
  world: World,
  user: APIUser,
  channel: AnyChannel,
  message: APIMessage,
  customId: string,
): StoredInteraction {
  const button = [...componentsIn(message.components ?? [])].find(({ custom_id }) => custom_id === customId);
  if (button === undefined) throw new UseError('This button is gone.');
  if ('disabled' in button && button.disabled === true) throw new UseError('This button is switched off.');
  return startInteraction(world, {
    type: InteractionType.MessageComponent,
    user,
    channel,
    source: message,
    data: { custom_id: customId, component_type: ComponentType.Button, id: button.id },
  });
}

/** @throws UseError when the message has no such menu, or the menu has no such options */
export function chooseOptions(
  world: World,
  user: APIUser,
  channel: AnyChannel,
  message: APIMessage,
  { customId, values }: { readonly customId: string; readonly values: readonly string[] },
): StoredInteraction {
  const menu = [...componentsIn(message.components ?? [])].find(({ custom_id }) => custom_id === customId);
  if (menu?.type !== ComponentType.StringSelect) throw new UseError('This menu is gone.');
  if (menu.disabled === true) throw new UseError('This menu is switched off.');
  const { options = [], min_values: least = 1, max_values: most = 1 } = menu;
  const unknown = values.find((value) => !options.some((option) => option.value === value));
  if (unknown !== undefined) throw new UseError(`"${unknown}" is none of the menu's options.`);
  if (values.length < least || values.length > most) {
    throw new UseError(`Choose ${least === most ? least : `${least} to ${most}`} of the menu's options.`);
  }
  return startInteraction(world, {
    type: InteractionType.MessageComponent,
    user,
    channel,
    source: message,
    data: { custom_id: customId, component_type: menu.type, id: menu.id, values },
  });
}

/**
 * @param values by the custom id of the form's inputs
 * @throws UseError when the bot opened no form for this interaction
 */
export function submitForm(
  world: World,
  opener: StoredInteraction,
  values: Readonly<Record<string, string>>,
): StoredInteraction {
  const { modal, user, channel, source } = opener;
  if (modal === undefined) throw new UseError('There is no form to send.');
  const inputs = [...componentsIn(modal.components)].filter(({ type }) => type === ComponentType.TextInput);
  return startInteraction(world, {
    type: InteractionType.ModalSubmit,
    user,
    channel,
    ...(source === undefined ? {} : { source }),
    opener,
    data: {
      custom_id: modal.custom_id,
      components: inputs.map(({ custom_id = '' }, index) => ({
        type: ComponentType.ActionRow,
        id: 2 * index + 1,
        components: [
          { type: ComponentType.TextInput, id: 2 * index + 2, custom_id, value: values[custom_id] ?? '' },
        ],
      })),
    },
  });
}
