// Captions: what the model says of a picture by itself, or after some words.
import { beforeEach, describe, expect, it } from 'vitest';
import { ConversationError } from '../../conversation/errors.ts';
import { about, dinosaur, type Memory, type MemoryOptions, openMemory, promptsTo } from './memory.ts';

let backend: Memory['backend'];
let conversations: Memory['conversations'];
beforeEach(() => start());

function start(options: MemoryOptions = {}): void {
  ({ backend, conversations } = openMemory(options));
}

describe('Conversations.caption', () => {
  const request = { image: dinosaur, fetchImage: async () => Uint8Array.of(1, 1) };

  it('is what the model says with no prompt at all, and no turn', async () => {
    start({ say: () => 'a dinosaur with a torch' });
    const caption = await conversations.caption(request);
    expect(caption.text).toBe('a dinosaur with a torch');
    // Each token of the fake model has a logprob of -1, and the end of the text none.
    expect(caption.confidence).toBeGreaterThan(Math.exp(-1));
    expect(caption.confidence).toBeLessThan(1);
    expect(promptsTo(backend)).toEqual(['']);
    const answer = await conversations.ask('thread', about(dinosaur, 'Why?'));
    expect(answer.prompt).toBe('Question: Why? Answer:');
  });

  it('is waited for by whoever asks, for the picture as for the words', async () => {
    await conversations.caption({ ...request, askedBy: 'grace' });
    expect(backend.waited).toMatchObject([{ caller: 'grace', deadlineMs: 300_000 }]);
    const [{ caller, deadlineMs } = {}] = backend.requests;
    expect(caller).toBe('grace');
    expect(deadlineMs).toSatisfy((ms) => ms > 290_000 && ms <= 300_000); // less what went by
  });

  it('passes the words it begins with on without the template', async () => {
    await conversations.caption({ ...request, prompt: 'this is a cartoon of' });
    expect(promptsTo(backend)).toEqual(['this is a cartoon of']);
  });

  it("lets nobody begin it with a tokenizer's special tokens, or end it with a line break", async () => {
    await conversations.caption({ ...request, prompt: '<image><image>a\ncartoon</s>\n' });
    expect(promptsTo(backend)).toEqual(['< image>< image>a cartoon< /s>']);
  });

  it('refuses a beginning that is too long, and says so when the image is gone', async () => {
    await expect(conversations.caption({ ...request, prompt: 'a '.repeat(600) })).rejects.toThrow(
      ConversationError,
    );
    await expect(conversations.caption({ ...request, fetchImage: async () => undefined })).rejects.toThrow(
      'That image is gone.',
    );
  });

  it("ends with the signal's reason when aborted", async () => {
    const signal = AbortSignal.abort(new Error('Nobody waits any more.'));
    await expect(conversations.caption({ ...request, signal })).rejects.toBe(signal.reason);
  });
});
