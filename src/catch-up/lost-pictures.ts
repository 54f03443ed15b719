// Pictures that were only captioned: no conversation holds on to them, but what was seen in them is kept, with where they
// hang. So they are looked for as well once the bot is back.
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { changeableKeysIn } from '../../commands/changeable-keys.ts';
import type { Forgetting } from '../../commands/preferences.ts';
import type { Logger } from '../../models/logger.ts';
import type { PictureNote, PictureNotes } from '../preferences/picture-notes.ts';
import { lookFor } from './look-for.ts';
import { takenOff } from './taken-off.ts';

export interface LostPicturesOptions {
  readonly client: Client;
  readonly seen: Pick<PictureNotes, 'find'>;
  readonly forgetting: Pick<Forgetting, 'channels' | 'files' | 'messages'>;
  readonly log: Logger;
  /** Between two channels. */
  readonly pauseMs: number;
}

type Place = NonNullable<PictureNote['place']> & { readonly isDirect: boolean };

/**
 * Forgets what was seen in those that are gone with their channel or message, or were taken off it.
 * @throws StoreError, or when `signal` aborts
 */
export async function forgetLostPictures(options: LostPicturesOptions, signal: AbortSignal): Promise<void> {
  const { seen, log, pauseMs } = options;
  const places = (await seen.find(({ place }) => place !== undefined)).flatMap(({ place, guildId }) =>
    place ? [{ ...place, isDirect: guildId === undefined }] : [],
  );
  for (const channelId of new Set(places.map((place) => place.channelId))) {
    const here = places.filter((place) => place.channelId === channelId);
    try {
      await forgetLostIn(channelId, here, options, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.warn(
        { err: error, channelId },
        'Could not look for captioned pictures that were deleted meanwhile',
      );
    }
    await delay(pauseMs, undefined, { signal, ref: false });
  }
}

async function forgetLostIn(
  channelId: string,
  places: readonly Place[],
  { client, forgetting, log }: LostPicturesOptions,
  signal: AbortSignal,
): Promise<void> {
  const ids = [...new Set(places.map(({ messageId }) => messageId))];
  const { found, missing, isChannelGone } = await lookFor(client.rest, channelId, ids, signal);
  if (isChannelGone) await forgetting.channels(new Set([channelId]));
  else if (missing.length > 0) await forgetting.messages(missing);
  for (const [messageId, message] of found) {
    const onIt = places.filter((place) => place.messageId === messageId);
    const [first] = onIt;
    if (!first || takenOff(onIt, { message, isDirect: first.isDirect }, client).length === 0) continue;
    await forgetting.files(messageId, changeableKeysIn(message));
    log.debug(
      { channelId, messageId },
      'Forgot a captioned picture that was taken off its message meanwhile',
    );
  }
  if (isChannelGone || missing.length > 0) {
    log.debug({ channelId, messageIds: missing }, 'Forgot captioned pictures that were deleted meanwhile');
  }
}
