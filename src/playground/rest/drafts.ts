// From the body of a request to the message that it asks for.
import { MessageFlags } from 'discord.js';
import { invalidForm, refuse } from '../errors.ts';
import type { Upload } from '../state/attachments.ts';
import type { MessageDraft, MessageEdit } from '../state/messages.ts';
import type { RestContext } from './env.ts';
import { parseForm } from './forms.ts';
import { type MessageBody, messageShape } from './shapes.ts';

const settableFlags =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

export function parseMessage(context: RestContext, body: unknown): MessageBody {
  return parseForm(messageShape(context.get('world').limits.messageCharacters), body);
}

/** @throws DiscordError 50006 when there is nothing in it */
export function draftOf(context: RestContext, body: MessageBody): MessageDraft {
  checkAttachments(body, [...context.get('files').keys()]);
  const draft = { ...body, files: uploadsFor(context, body), flags: (body.flags ?? 0) & settableFlags };
  checkComponentsV2(draft);
  const isEmpty =
    (draft.content ?? '').trim() === '' &&
    !draft.embeds?.length &&
    !draft.components?.length &&
    draft.files.length === 0;
  if (isEmpty) throw refuse('emptyMessage');
  return draft;
}

export function editOf(context: RestContext, body: MessageBody): MessageEdit {
  const numbers = context.get('files');
  const kept = body.attachments?.map(({ id }) => id).filter((id) => !numbers.has(id));
  return {
    ...body,
    files: uploadsFor(context, body),
    ...(body.attachments === undefined ? {} : { keepAttachments: kept ?? [] }),
    descriptions: new Map(
      body.attachments?.flatMap(({ id, description }) =>
        description === undefined ? [] : [[id, description ?? '']],
      ),
    ),
  };
}

/** Names and descriptions of uploads come from the `attachments` list, matched by number. */
function uploadsFor(context: RestContext, { attachments }: MessageBody): Upload[] {
  return [...context.get('files')].map(([number, upload]) => {
    const described = attachments?.find(({ id }) => id === number);
    return {
      bytes: upload.bytes,
      name: described?.filename ?? upload.name,
      description: described?.description ?? undefined,
    };
  });
}

/** Each entry of the list is about one of the files that came along. */
function checkAttachments({ attachments }: MessageBody, numbers: readonly string[]): void {
  const missing = (attachments ?? []).findIndex(({ id }) => !numbers.includes(id));
  if (missing === -1) return;
  throw invalidForm(`attachments.${missing}`, 'ATTACHMENT_NOT_FOUND', 'Attachment data not found');
}

function checkComponentsV2({ flags, content, embeds }: MessageDraft): void {
  if (((flags ?? 0) & MessageFlags.IsComponentsV2) === 0) return;
  const cannot = (field: string) =>
    invalidForm(
      field,
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  if (content) throw cannot('content');
  if (embeds?.length) throw cannot('embeds');
}
