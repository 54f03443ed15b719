// What comes after the first answer: follow-ups, and the edits by which a deferred answer arrives.
import { Hono } from 'hono';
import { followUp, interactionFor, messageOf } from '../../state/interactions.ts';
import { deleteMessage, editMessage } from '../../state/messages.ts';
import type { StoredInteraction, StoredMessage } from '../../state/world.ts';
import { draftOf, editOf, parseMessage } from '../drafts.ts';
import type { RestContext, RestEnv } from '../env.ts';
import { asBotSees } from './messages.ts';

const message = '/webhooks/:application_id/:token/messages/:message_id';

export function webhookRoutes() {
  return new Hono<RestEnv>()
    .post('/webhooks/:application_id/:token', (context) => {
      const interaction = interactionOf(context);
      const draft = draftOf(context, parseMessage(context, context.get('body')));
      return context.json(
        asBotSees(context.get('world'), followUp(context.get('world'), interaction, draft)),
      );
    })
    .get(message, (context) => context.json(asBotSees(context.get('world'), find(context))))
    .patch(message, (context) => {
      const stored = find(context);
      const edit = editOf(context, parseMessage(context, context.get('body')));
      return context.json(asBotSees(context.get('world'), editMessage(context.get('world'), stored, edit)));
    })
    .delete(message, (context) => {
      deleteMessage(context.get('world'), find(context));
      return context.body(null, 204);
    });
}

function interactionOf(context: RestContext): StoredInteraction {
  const { application_id: applicationId = '', token = '' } = context.req.param();
  return interactionFor(context.get('world'), applicationId, token);
}

function find(context: RestContext): StoredMessage {
  return messageOf(context.get('world'), interactionOf(context), context.req.param('message_id') ?? '');
}
