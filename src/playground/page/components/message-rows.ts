// What stands in the message list from top to bottom: the beginning, or the shapes of messages that are not loaded
// yet; the messages with a line for each day; and each command without an answer where it was used.
import type { APIMessage } from 'discord.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageChannel, PageState } from '../../page-api.ts';
import { isThread, parentOf } from '../channels.ts';
import { messageTypes } from '../discord-values.ts';
import { continues, isSystemMessage, newestPicture } from '../messages.ts';
import type { Interaction } from '../model.ts';
import { type Names, namesIn } from '../names.ts';
import { foreseen } from '../outbox.ts';
import { compareSnowflakes } from '../snowflake.ts';
import type { Store } from '../store.ts';
import { dividerDay, isSameDay } from '../times.ts';
import './message.ts';
import './message-editor.ts';
import './older-messages.ts';
import './pending-command.ts';
import './pending-message.ts';
import './thread-intro.ts';
import './welcome.ts';

const noPresses: readonly Interaction[] = [];

export interface Shown {
  readonly state: PageState;
  readonly channel: PageChannel;
  /** Oldest first. */
  readonly messages: readonly APIMessage[];
  /** Asks for the older messages once more. */
  readonly retry: () => void;
}

export function messageRows(store: Store, shown: Shown): TemplateResult {
  const { state, messages } = shown;
  const names = namesIn(state);
  const visible = messages.filter((message) => !isSystemMessage(message));
  return html`
    ${top(store, shown, names)}
    ${repeat(
      visible,
      ({ id }) => id,
      (message, index) => html`
        ${messageRow(store, message, visible[index - 1], names)}
        ${commandsAfter(store, message.id, visible[index + 1]?.id, state)}
      `,
    )}
    ${visible.length === 0 ? commandsAfter(store, '', undefined, state) : nothing}
    ${pendingRows(store, shown, visible.at(-1), names)}
  `;
}

function top(store: Store, { channel, messages, retry }: Shown, names: Names): TemplateResult {
  const older = store.model.older.get(channel.id);
  if (older) return html`<blip-older-messages .older=${older} @retry=${retry}></blip-older-messages>`;
  if (!isThread(channel)) return html`<blip-welcome .store=${store}></blip-welcome>`;
  const starter = starterOf(store, channel, messages);
  return html`<blip-thread-intro .thread=${channel} 
    .starter=${starter}
    .hasNewerPicture=${newestPicture(messages) !== undefined}
    .names=${names}></blip-thread-intro>`;
}

/** The message that a thread hangs on has the thread's id; where it isn't loaded, the thread's first one quotes it. */
function starterOf(
  { model }: Store,
  thread: PageChannel,
  messages: readonly APIMessage[],
): APIMessage | undefined {
  const siblings = model.messages.get(parentOf(thread) ?? '') ?? [];
  const quote = messages.find(({ type }) => type === messageTypes.threadStarter);
  return siblings.find(({ id }) => id === thread.id) ?? quote?.referenced_message ?? undefined;
}

function messageRow(
  store: Store,
  message: APIMessage,
  before: APIMessage | undefined,
  names: Names,
): TemplateResult {
  const newDay = !before || !isSameDay(before.timestamp, message.timestamp);
  const presses = store.model.interactions.filter(
    ({ source }) => source.kind === 'button' && source.messageId === message.id,
  );
  return html`
    ${newDay ? html`<div class="day" role="separator">${dividerDay(message.timestamp)}</div>` : nothing}
    <blip-message
      data-message=${message.id}
      role="article"
      .message=${message}
      .names=${names}
      .grouped=${continues(before, message)}
      .thread=${store.findChannel(message.thread?.id)}
      .presses=${presses.length > 0 ? presses : noPresses}
      .answerable=${true}
      .editor=${store.model.editing === message.id ? html`<blip-message-editor .store=${store} .message=${message}></blip-message-editor>` : undefined}
    ></blip-message>
  `;
}

function pendingRows(
  store: Store,
  { channel }: Shown,
  newest: APIMessage | undefined,
  names: Names,
): unknown {
  const pending = store.model.pending.filter(({ channelId }) => channelId === channel.id);
  const [first] = pending;
  const follows =
    first &&
    continues(
      newest,
      foreseen(first, () => ''),
    );
  return repeat(
    pending,
    ({ key }) => key,
    (one, index) => html`<blip-pending-message
      .store=${store}
      .pending=${one}
      .names=${names}
      .grouped=${index === 0 ? follows : !one.draft.reply}
    ></blip-pending-message>`,
  );
}

/** Commands without an answer stand where they were used. */
function commandsAfter(
  store: Store,
  id: string,
  nextId: string | undefined,
  { me, bot }: PageState,
): readonly TemplateResult[] {
  const { interactions, channelId } = store.model;
  const used = interactions.filter(
    ({ source, channelId: where, afterId }) =>
      source.kind === 'command' &&
      where === channelId &&
      compareSnowflakes(afterId, id) >= 0 &&
      (nextId === undefined || compareSnowflakes(afterId, nextId) < 0),
  );
  return used.map(
    (interaction) => html`<blip-pending-command
      .interaction=${interaction}
      .me=${me}
      .bot=${bot.user}
      @dismiss=${() => store.interactions.dismiss(interaction.key)}
    ></blip-pending-command>`,
  );
}
