import type { APIMessage } from 'discord.js';
import { responseTo, type Stage } from './stage.ts';

/** Opens the form of "Ask about image", and leaves it empty: what was used is to be submitted. */
export async function openForm({ me, discord }: Stage, message: APIMessage) {
  const opened = discord.waitForEvent('modal');
  const used = me.runOn(message, 'Ask about image');
  await opened;
  return used;
}

/** Fills in the form that "Ask about image" opens. */
export async function askByMenu(stage: Stage, message: APIMessage, question: string): Promise<APIMessage> {
  return responseTo(stage.me, stage.me.submit(await openForm(stage, message), { question }));
}
