// How many requests it takes to learn which messages are gone, and what is no answer.
import { DiscordAPIError, type REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { lookFor } from '../../src/catch-up/look-for.ts';

const signal = new AbortController().signal;

function refusal(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'No.' }, code, status, 'GET', '/', {
    files: [],
    body: undefined,
  });
}

/** A channel with these messages; the requests that it was asked. */
function channelWith(ids: readonly number[], { mayRead = true } = {}) {
  const requests: string[] = [];
  const get = async (route: string, { query }: { query?: URLSearchParams } = {}) => {
    requests.push(query ? `before ${query.get('before')}` : (route.split('/').at(-1) ?? ''));
    if (query === undefined) {
      const id = route.split('/').at(-1);
      if (!mayRead) throw refusal(403, 50001);
      if (!ids.includes(Number(id))) throw refusal(404, 10008);
      return { id, edited_timestamp: null };
    }
    const before = Number(query.get('before'));
    return ids
      .filter((id) => id < before && mayRead)
      .sort((a, b) => b - a)
      .slice(0, 100)
      .map((id) => ({ id: String(id), edited_timestamp: null }));
  };
  return { rest: { get } as unknown as Pick<REST, 'get'>, requests };
}

const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

describe('lookFor', () => {
  it('takes one request for what stands close together', async () => {
    const { rest, requests } = channelWith([...from(1_000, 40), ...from(1_050, 50)]);
    const { found, missing } = await lookFor(rest, '7', ['1098', '1045', '1010'], signal);
    expect(requests).toEqual(['before 1099']);
    expect(missing).toEqual(['1045']);
    expect(found.has('1010')).toBe(true);
  });

  it('leaps over what lies between', async () => {
    const { rest, requests } = channelWith(from(1_000, 5_000));
    const { missing } = await lookFor(rest, '7', ['999', '1000', '5900'], signal);
    expect(requests).toEqual(['before 5901', 'before 1001']);
    expect(missing).toEqual(['999']);
  });

  it('asks for a single message alone', async () => {
    const { rest, requests } = channelWith([1]);
    expect((await lookFor(rest, '7', ['2'], signal)).missing).toEqual(['2']);
    expect(requests).toEqual(['2']);
  });

  it('takes nothing for missing where the history may not be read', async () => {
    const { rest } = channelWith(from(1_000, 10), { mayRead: false });
    const looked = await lookFor(rest, '7', ['1001', '1002'], signal);
    expect(looked.missing).toEqual([]);
    expect(looked.isChannelGone).toBe(false);
  });

  it('tells of a channel that is gone', async () => {
    const get = () => Promise.reject(refusal(404, 10003));
    const looked = await lookFor({ get } as unknown as Pick<REST, 'get'>, '7', ['1', '2'], signal);
    expect(looked.isChannelGone).toBe(true);
  });
});
