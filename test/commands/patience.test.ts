import { HTTPError } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { patiently } from '../../commands/patience.ts';

const badGateway = new HTTPError(502, 'Bad Gateway', 'POST', '/channels/1/messages', {});
const reset = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const tooSlow = new DOMException('This operation was aborted', 'AbortError');

const soon = [1, 1, 1];
const unending = 2 ** 31 - 1;

describe('patiently', () => {
  it.each([badGateway, reset, refused, tooSlow])('asks again after: %s', async (failure) => {
    const ask = vi
      .fn(async () => 'sent')
      .mockRejectedValueOnce(failure)
      .mockRejectedValueOnce(failure);
    expect(await patiently(ask, undefined, soon)).toBe('sent');
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('gives up after its last pause, with the last failure', async () => {
    const ask = vi.fn(() => Promise.reject(badGateway)).mockRejectedValueOnce(reset);
    await expect(patiently(ask, undefined, soon)).rejects.toBe(badGateway);
    expect(ask).toHaveBeenCalledTimes(4);
  });

  it('waits for nothing that does not pass by itself', async () => {
    const missing = Object.assign(new Error('Missing Permissions'), { code: 50013 });
    const ask = vi.fn(() => Promise.reject(missing));
    await expect(patiently(ask, undefined, [unending])).rejects.toBe(missing);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('ends its waiting with its signal, and keeps the failure that it waited about', async () => {
    const stopping = new AbortController();
    const ask = vi.fn(() => Promise.reject(badGateway));
    const sent = patiently(ask, stopping.signal, [unending]);
    setImmediate(() => stopping.abort());
    await expect(sent).rejects.toBe(badGateway);
    await expect(patiently(ask, stopping.signal, [unending])).rejects.toBe(badGateway);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
