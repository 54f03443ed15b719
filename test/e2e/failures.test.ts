// What users of bots like this one report most often, one test each, named by the failure. The suites beside it go
// further: images, answers, delivery, memory, scenes, connection and catch-up.
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { type Client, Options } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isDraft } from '../../commands/draft-text.ts';
import type { Backend } from '../../models/backend.ts';
import { StoppedError } from '../../models/errors.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { startModelWorker } from '../../models/worker-thread.ts';
import { crash } from '../models/support/crash.ts';
import { deferred } from '../support/deferred.ts';
import { later } from '../support/later.ts';
import { emojiForFile, saying, type WatchedBackend, watch } from './backends.ts';
import { askAboutRocket, saidBy } from './in-chat.ts';
import { featureDistance, tolerance } from './reference.ts';
import {
  ask,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
} from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});
afterEach(() => {
  vi.useRealTimers();
});

/** For what is polled: it takes a tenth of this on a busy machine. */
const patiently = { timeout: 15_000 };
const whatIsThis = 'What is this?';
const whatColor = 'What color is the background?';

/** discord.js itself lets no message pass again while it still holds it, which is not to be relied upon. */
function keepNoMessages(client: Client): void {
  client.options.makeCache = Options.cacheWithLimits({ MessageManager: 0 });
}

/** The bot answers this at once, and has begun then with whatever it heard before. */
async function untilHeard({ me }: Stage): Promise<void> {
  await replyTo(me, me.post({ channelId: me.directMessages(), content: 'Are you there?' }));
}

describe('which picture the model sees', () => {
  it('an image that never reaches the model is not described, and one that does is the one that was posted', async () => {
    const stage = await openStage(backend);
    const { me, mention } = stage;
    const broken = { name: 'dog.png', bytes: Buffer.from('no picture at all') };
    const question = me.post({ content: `${mention} ${whatIsThis}`, files: [broken] });
    expect((await replyTo(me, question)).content).toMatch(/can't read|not an image|no image/i);
    expect(backend.decoded).toEqual([]);
    await replyTo(me, await askAboutRocket(stage));
    expect(await featureDistance(backend.decoded.at(-1)?.features, 'scene3.png')).toBeLessThan(tolerance);
  });

  it("the reply target's image is the one that is asked about, not the newest", async () => {
    const { me, mention } = await openStage(backend);
    const rocket = me.post({ files: [await picture('rocket')] });
    me.post({ files: [await picture('umbrella')] });
    const question = me.post({ content: `${mention} ${whatIsThis}`, replyTo: rocket.id });
    expect((await replyTo(me, question)).content).toBe('a rocket');
  });

  it('a forward does not look empty', async () => {
    const { me, mention } = await openStage(backend);
    const forwarded = me.forward(me.post({ files: [await picture('rocket')] }));
    me.post({ files: [await picture('umbrella')] });
    const question = me.post({ content: `${mention} ${whatIsThis}`, replyTo: forwarded.id });
    expect((await replyTo(me, question)).content).toBe('a rocket');
  });

  it.each(['photo', 'ROCKET.JPG', 'rocket.final.webp'])(
    'it is never said that images can not be seen of one that is only named oddly: %s',
    async (name) => {
      const { me, mention } = await openStage(backend);
      const { bytes } = await picture('rocket');
      const question = me.post({ content: `${mention} ${whatIsThis}`, files: [{ name, bytes }] });
      expect((await replyTo(me, question)).content).toBe('a rocket');
    },
  );

  it('a link that has expired is replaced by a fresh one', async () => {
    const { me } = await openStage(backend, { limits: { attachmentUrlMs: 60_000 } });
    me.post({ files: [await picture('rocket')] });
    later(60_001);
    expect((await responseTo(me, me.run('caption'))).content).toBe('a rocket on a red background');
  });

  it('a previous image does not bleed into the next answer', async () => {
    const { me } = await openStage(backend);
    const channelId = me.directMessages();
    const aboutRocket = me.post({ channelId, content: whatColor, files: [await picture('rocket')] });
    expect((await replyTo(me, aboutRocket)).content).toBe('red');
    const aboutUmbrella = me.post({ channelId, content: whatColor, files: [await picture('umbrella')] });
    expect((await replyTo(me, aboutUmbrella)).content).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toBe(`Question: ${whatColor} Answer:`);
    expect(await featureDistance(backend.decoded.at(-1)?.features, 'scene5.png')).toBeLessThan(tolerance);
  });

  it('one bad image does not poison a conversation', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    const channelId = await chatAboutRocket(stage);
    await ask(stage, channelId, whatIsThis);
    const broken = { name: 'dog.png', bytes: Buffer.from('no picture at all') };
    await replyTo(me, me.post({ channelId, content: whatIsThis, files: [broken] }));
    expect(await ask(stage, channelId, whatColor)).toBe('red');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      `Question: ${whatIsThis} Answer: a rocket. Question: ${whatColor} Answer:`,
    );
  });
});

describe('how an answer arrives', () => {
  it('an answer over 2,000 characters is not lost', async () => {
    const long = 'There is a very small rocket here. '.repeat(120).trim();
    const stage = await openStage(saying(model, () => long));
    await askAboutRocket(stage);
    await expect.poll(() => saidBy(stage).join(' '), patiently).toBe(long);
  });

  it('10062 Unknown interaction: a command acknowledged too late is answered all the same, in the channel', async () => {
    const { me, discord, log } = await openStage(backend, { limits: { acknowledgeMs: 200 } });
    me.post({ files: [await picture('rocket')] });
    discord.fail({ method: 'POST', path: /^\/interactions\//, status: 503, times: 4 });
    me.run('caption');
    const answer = await me.waitFor(({ content }) => content === 'a rocket on a red background');
    expect(answer.interaction_metadata).toBeUndefined();
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('10062 Unknown interaction: a command whose answer can not be posted apart says to try again', async () => {
    const { me, discord, log } = await openStage(backend, { limits: { acknowledgeMs: 200 } });
    discord.fail({ method: 'POST', path: /^\/interactions\//, status: 503, times: 4 });
    me.run('chat', { image: await picture('rocket') });
    await me.waitFor(({ content }) => content.startsWith('I was too slow'));
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('the deletion of the reply target does not cost the answer', async () => {
    const thinking = deferred();
    const stage = await openStage(saying(model, () => thinking.promise.then(() => 'a rocket')));
    const { me, mention, discord } = stage;
    me.post({ files: [await picture('rocket')] });
    const question = me.post(`${mention} ${whatIsThis}`);
    await discord.waitForEvent('typing');
    // As where the bot hears of it only after it has answered.
    discord.world.messages.get(question.channel_id)?.delete(question.id);
    thinking.resolve();
    await expect.poll(() => saidBy(stage), patiently).toEqual(['a rocket']);
  });

  it('an output that names everyone, a role or a person pings nobody', async () => {
    const ids: string[] = [];
    const stage = await openStage(saying(model, () => `@everyone @here <@&${ids[0]}> <@${ids[1]}>`));
    ids.push(stage.discord.guildId, stage.me.user.id);
    const answer = await replyTo(stage.me, await askAboutRocket(stage));
    const { mention_everyone, mention_roles, mentions } = answer;
    expect({ mention_everyone, mention_roles, mentions }).toEqual({
      mention_everyone: false,
      mention_roles: [],
      mentions: [],
    });
  });

  it('typing stops when the answer fails', async () => {
    const thinking = deferred();
    const failing = saying(model, () => thinking.promise.then(() => Promise.reject(new Error('no answer'))));
    const stage = await openStage(failing);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let typed = 0;
    stage.discord.world.listen(({ type }) => {
      if (type === 'typing') typed++;
    });
    const question = await askAboutRocket(stage);
    await expect.poll(() => typed, patiently).toBe(1);
    vi.advanceTimersByTime(8_000);
    await expect.poll(() => typed, patiently).toBe(2);
    thinking.resolve();
    await replyTo(stage.me, question);
    vi.advanceTimersByTime(60_000);
    await delay(200);
    expect(typed).toBe(2);
  });
});

describe('when a connection or the program breaks', () => {
  it('nobody is answered twice after a RESUME, nor after a restart', async () => {
    const thinking = deferred();
    const slow = saying(model, () => thinking.promise.then(() => 'a rocket'));
    const stage = await openStage(slow, { bot: { metrics: { onRefusal() {}, discord: keepNoMessages } } });
    const { discord } = stage;
    const question = await askAboutRocket(stage);
    const stored = discord.world.messages.get(question.channel_id)?.get(question.id);
    if (!stored) throw new Error('The question is gone.');
    const tellAgain = async () => {
      discord.world.announce({ type: 'messageCreate', stored });
      await untilHeard(stage);
    };
    await discord.waitForEvent('typing');
    await tellAgain();
    thinking.resolve();
    await replyTo(stage.me, question);
    discord.gateway.cut();
    await tellAgain();
    await stage.restartBot();
    await tellAgain();
    await stage.stopBot();
    expect(saidBy(stage)).toEqual(['a rocket']);
  });

  it('a zombie gateway, which is open and brings nothing, is left for a new one, and nothing is lost', async () => {
    const stage = await openStage(backend, { limits: { heartbeatIntervalMs: 300 } });
    stage.discord.gateway.fallSilent();
    const question = await askAboutRocket(stage);
    expect((await replyTo(stage.me, question)).content).toBe('a rocket');
  });

  it('messages are not lost at a restart: what is under way is answered before, what is missed after it', async () => {
    const thinking = deferred();
    const stage = await openStage(saying(model, () => thinking.promise.then(() => 'a rocket')));
    const before = await askAboutRocket(stage);
    await stage.discord.waitForEvent('typing');
    const stopped = stage.stopBot();
    const missed = await askAboutRocket(stage);
    thinking.resolve();
    await stopped;
    expect((await replyTo(stage.me, before)).content).toBe('a rocket');
    await stage.restartBot();
    expect((await replyTo(stage.me, missed)).content).toBe('a rocket');
  });

  it('the context of a thread is not lost at a restart', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const channelId = await chatAboutRocket(stage);
    await ask(stage, channelId, whatIsThis);
    await stage.restartBot();
    expect(await ask(stage, channelId, whatColor)).toBe('red');
    expect(backend.decoded.at(-1)?.prompt).toBe(
      `Question: ${whatIsThis} Answer: a rocket. Question: ${whatColor} Answer:`,
    );
  });
});

describe('a backend that is down', () => {
  it('is started anew, and whoever asked is answered at the second try', { timeout: 90_000 }, async () => {
    const workers: Worker[] = [];
    const folder = fileURLToPath(new URL('../../models/emoji', import.meta.url));
    const mortal = await WorkerBackend.open({ folder, device: 'cpu' }, (options) => {
      const worker = startModelWorker(options);
      workers.push(worker);
      return worker;
    });
    onTestFinished(() => mortal.close());
    const dying: Backend = {
      ...watch(mortal),
      async *generate(request) {
        if (workers.length === 1) crash(workers[0]);
        return yield* mortal.generate(request);
      },
    };
    const stage = await openStage(dying);
    const question = await askAboutRocket(stage);
    // Loading a model takes many seconds on a busy machine.
    const { content } = await stage.me.waitFor(
      (message) => message.message_reference?.message_id === question.id && !isDraft(message),
      60_000,
    );
    expect(content).toBe('a rocket');
    expect(workers).toHaveLength(2);
  });

  it('for longer is told in a plain sentence, after two tries and within a deadline', async () => {
    const deadlines: unknown[] = [];
    const down = saying(model, ({ deadlineMs }) => {
      deadlines.push(deadlineMs);
      throw new StoppedError('ERR_WORKER_OUT_OF_MEMORY');
    });
    const stage = await openStage(down);
    const { content } = await replyTo(stage.me, await askAboutRocket(stage));
    expect(content).toMatch(/^Something went wrong on my side\. Try again;.*incident [0-9a-f]{8}\.$/);
    expect(deadlines).toEqual([300_000, 300_000]);
  });
});
