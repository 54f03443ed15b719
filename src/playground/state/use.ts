// What people do with the bot's commands and buttons, checked as Discord's own client checks it.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIAttachment,
  type APIMessage,
  type APIUser,
  ApplicationCommandOptionType,
  ComponentType,
  InteractionType,
} from 'discord.js';
import { presentAttachment, storeUpload, type Upload } from './attachments.ts';
import { componentsIn } from './components.ts';
import { type StoredInteraction, startInteraction } from './interactions.ts';
import { canSee, guildPermissions } from './permissions.ts';
import type { AnyChannel, World } from './world.ts';

/** What a person is told; safe to show. */
export class UseError extends Error {
  override name = 'UseError';
}

export type OptionValue = string | number | boolean | Upload;

export function useCommand(
  world: World,
  user: APIUser,
  channel: AnyChannel,
  command: APIApplicationCommand,
  values: Readonly<Record<string, OptionValue>>,
): StoredInteraction {
  if (!canSee(world, user.id, channel)) throw new UseError('You can’t see this channel.');
  const demanded = command.default_member_permissions;
  if (demanded !== null && demanded !== undefined) {
    const needed = BigInt(demanded);
    if ((guildPermissions(world, user.id) & needed) !== needed || needed === 0n) {
      throw new UseError(`You do not have permission to use /${command.name}.`);
    }
  }
  const known = command.options ?? [];
  const unknown = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (unknown !== undefined) throw new UseError(`/${command.name} has no option "${unknown}".`);
  const attachments: Record<string, APIAttachment> = {};
  const options = known.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required === true) throw new UseError(`/${command.name} needs the option "${option.name}".`);
      return [];
    }
    checkValue(option, value);
    if (typeof value !== 'object') return [{ name: option.name, type: option.type, value }];
    const stored = storeUpload(world, `ephemeral-attachments/${world.applicationId}`, value);
    attachments[stored.id] = presentAttachment(world, stored);
    return [{ name: option.name, type: option.type, value: stored.id }];
  });
  return startInteraction(world, {
    type: InteractionType.ApplicationCommand,
    user,
    channel,
    name: command.name,
    data: {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      ...(options.length === 0 ? {} : { options }),
      ...(Object.keys(attachments).length === 0 ? {} : { resolved: { attachments } }),
    },
  });
}

export function pressButton(
  world: World,
  user: APIUser,
  channel: AnyChannel,
  message: APIMessage,
  customId: string,
): StoredInteraction {
  if (!canSee(world, user.id, channel)) throw new UseError('You can’t see this channel.');
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

const typeNames: Partial<Record<ApplicationCommandOptionType, string>> = {
  [ApplicationCommandOptionType.String]: 'string',
  [ApplicationCommandOptionType.Integer]: 'number',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
  [ApplicationCommandOptionType.Attachment]: 'object',
};

function checkValue(option: APIApplicationCommandOption, value: OptionValue): void {
  const expected = typeNames[option.type] ?? 'string';
  if (typeof value !== expected) {
    throw new UseError(`The option "${option.name}" takes a ${expected === 'object' ? 'file' : expected}.`);
  }
  if ('choices' in option && option.choices !== undefined) {
    if (option.choices.length > 0 && !option.choices.some((choice) => choice.value === value)) {
      throw new UseError(`"${String(value)}" is none of the choices of "${option.name}".`);
    }
  }
  checkBounds(option, value);
}

function checkBounds(option: APIApplicationCommandOption, value: OptionValue): void {
  const size = typeof value === 'string' ? value.length : value;
  if (typeof size !== 'number') return;
  const least =
    'min_length' in option ? option.min_length : 'min_value' in option ? option.min_value : undefined;
  const most =
    'max_length' in option ? option.max_length : 'max_value' in option ? option.max_value : undefined;
  const unit = typeof value === 'string' ? ' characters' : '';
  if (least !== undefined && size < least) {
    throw new UseError(`The option "${option.name}" takes at least ${least}${unit}.`);
  }
  if (most !== undefined && size > most) {
    throw new UseError(`The option "${option.name}" takes at most ${most}${unit}.`);
  }
  if (option.type === ApplicationCommandOptionType.Integer && !Number.isInteger(value)) {
    throw new UseError(`The option "${option.name}" takes a whole number.`);
  }
}
