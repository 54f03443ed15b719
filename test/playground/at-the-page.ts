// What a page sends to its side of the local Discord, and hears from there.
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { PageEvent } from '../../src/playground/page-api.ts';
import type { LocalDiscord } from '../support/local-discord.ts';

/** What a bot registers, for the page to offer. */
export const command = {
  name: 'look',
  description: 'Looks',
  options: [{ type: 11, name: 'image', description: 'It' }],
};

export function form(payload: object, files: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  data.set('payload', JSON.stringify(payload));
  for (const [field, text] of Object.entries(files)) data.set(field, new Blob([text]), `${field}.txt`);
  return data;
}

export async function openEvents({ url }: LocalDiscord, query = ''): Promise<PageEvent[]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/page/events?${query}`);
  onTestFinished(() => socket.terminate());
  const events: PageEvent[] = [];
  socket.on('message', (data) => events.push(JSON.parse(data.toString()) as PageEvent));
  await new Promise((resolve) => socket.once('open', resolve));
  return events;
}
