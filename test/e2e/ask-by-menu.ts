import type { APIMessage } from 'discord.js';
import { responseTo, type Stage } from './stage.ts';

/** Fills in the form that "Ask about image" opens. */
export async function askByMenu(
  { me, discord }: Stage,
  message: APIMessage,
  question: string,
): Promise<APIMessage> {
  const opened = discord.waitForEvent('modal');
  const used = me.runOn(message, 'Ask about image');
  await opened;
  return responseTo(me, me.submit(used, { question }));
}
