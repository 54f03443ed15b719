// The first answer to an interaction, within three seconds and once.
import { InteractionResponseType, InteractionType, MessageFlags } from 'discord.js';
import { Hono } from 'hono';
import { invalidForm, withinData } from '../../errors.ts';
import { acknowledge, answerInteraction, assertOpen, updateSource } from '../../state/interactions.ts';
import type { StoredInteraction, StoredMessage } from '../../state/world.ts';
import { draftOf, editOf, parseMessage } from '../drafts.ts';
import type { RestContext, RestEnv } from '../env.ts';
import { parseForm } from '../forms.ts';
import { callbackShape, choicesShape, modalShape } from '../shapes.ts';
import { asBotSees } from './messages.ts';

type Answer = (
  context: RestContext,
  interaction: StoredInteraction,
  data: object,
) => StoredMessage | undefined;

const answers: Partial<Record<InteractionResponseType, Answer>> = {
  [InteractionResponseType.ChannelMessageWithSource]: (context, interaction, data) => {
    const draft = draftOf(context, parseMessage(context, data));
    const stored = answerInteraction(context.get('world'), interaction, draft);
    settle(context, interaction);
    return stored;
  },
  [InteractionResponseType.DeferredChannelMessageWithSource]: (context, interaction, data) => {
    const flags = (parseMessage(context, data).flags ?? 0) & MessageFlags.Ephemeral;
    return answerInteraction(
      context.get('world'),
      settle(context, interaction),
      { flags },
      { loading: true },
    );
  },
  [InteractionResponseType.DeferredMessageUpdate]: (context, interaction) => {
    settle(context, interaction).originalId = interaction.source?.id;
    return undefined;
  },
  [InteractionResponseType.UpdateMessage]: (context, interaction, data) => {
    const edit = editOf(context, parseMessage(context, data));
    const stored = updateSource(context.get('world'), interaction, edit);
    settle(context, interaction).originalId = interaction.source?.id;
    return stored;
  },
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: (context, interaction, data) => {
    const { choices } = parseForm(choicesShape, data);
    settle(context, interaction);
    context.get('world').announce({ type: 'choices', interaction, choices });
    return undefined;
  },
  [InteractionResponseType.Modal]: (context, interaction, data) => {
    const modal = parseForm(modalShape, data);
    settle(context, interaction).modal = modal as unknown as NonNullable<StoredInteraction['modal']>;
    context.get('world').announce({ type: 'modal', interaction });
    return undefined;
  },
};

/** Which interactions an answer is for, where that isn't any. */
const suits: Partial<Record<InteractionResponseType, (interaction: StoredInteraction) => boolean>> = {
  [InteractionResponseType.DeferredMessageUpdate]: ({ source }) => source !== undefined,
  [InteractionResponseType.UpdateMessage]: ({ source }) => source !== undefined,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: ({ type }) =>
    type === InteractionType.ApplicationCommandAutocomplete,
  [InteractionResponseType.Modal]: ({ type }) => type !== InteractionType.ModalSubmit,
};

export function interactionRoutes() {
  return new Hono<RestEnv>().post('/interactions/:interaction_id/:token/callback', (context) => {
    const { interaction_id: id, token } = context.req.param();
    const world = context.get('world');
    const interaction = assertOpen(world, id, token);
    const { type, data } = parseForm(callbackShape, context.get('body'));
    const answer = answers[type];
    if (answer === undefined || suits[type]?.(interaction) === false) throw wrongType();
    const stored = withinData(() => answer(context, interaction, data ?? {}));
    if (context.req.query('with_response') !== 'true') return context.body(null, 204);
    const message = stored === undefined ? undefined : asBotSees(world, stored);
    const flags = message?.flags ?? 0;
    return context.json({
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...(message === undefined
          ? {}
          : {
              response_message_id: message.id,
              response_message_loading: (flags & MessageFlags.Loading) !== 0,
              response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
            }),
      },
      ...(message === undefined ? {} : { resource: { type, message } }),
    });
  });
}

/** Only an answer that is valid acknowledges the interaction: after a bad form the bot may try again. */
function settle(context: RestContext, interaction: StoredInteraction): StoredInteraction {
  return acknowledge(context.get('world'), interaction);
}

function wrongType() {
  return invalidForm('type', 'INTERACTION_RESPONSE_TYPE_INVALID', 'Interaction response type is invalid');
}
