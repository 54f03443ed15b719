// The counts that Prometheus reads, of a program that was started with them.
import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { GenerateRequest } from '../../models/backend.ts';
import { WorkerBackend, type WorkerBackendOptions } from '../../models/worker-backend.ts';
import { parseConfig } from '../../src/config.ts';
import { type RunningModel, startProgram } from '../../src/start.ts';
import { fakeBackend } from '../conversation/fake-backend.ts';
import { deferred } from '../support/deferred.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { silentLog } from '../support/logs.ts';
import { picture, replyTo } from './stage.ts';

const modelFolder = join(import.meta.dirname, '..', '..', 'models', 'emoji');

async function start(
  settings: Record<string, string> = {},
  openModel: (options: WorkerBackendOptions) => Promise<RunningModel> = WorkerBackend.open,
) {
  const { api, token, discord } = await startLocalDiscord();
  const config = parseConfig({
    DISCORD_TOKEN: token,
    BLIPCORD_API: api,
    BLIPCORD_STORE: 'memory:',
    BLIPCORD_DEVICE: 'cpu',
    BLIPCORD_METRICS_PORT: '0',
    ...settings,
  });
  const program = await startProgram({ ...config, modelFolder }, silentLog, openModel);
  onTestFinished(() => program.stop());
  const address = /http:\S+\/metrics/.exec(program.banner.join('\n'))?.[0];
  return { program, me: discord.me, mention: `<@${discord.botId}>`, address };
}

/** Each line without a comment: what it counts, with its labels in order, and the number. */
async function counts(address: string | undefined): Promise<Record<string, number>> {
  const response = await fetch(address ?? '');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

it('tell what became of questions, what was kept, and what Discord was asked', async () => {
  const { me, mention, address } = await start();
  expect(await counts(address)).toMatchObject({
    'blipcord_model_info{name="emoji",device="cpu",precision="f32",weights="f16"}': 1,
    'blipcord_model_requests{work="answer",state="waiting"}': 0,
    blipcord_discord_servers: 1,
    'blipcord_prompt_tokens_total{source="kept"}': 0,
    process_resident_memory_bytes: expect.any(Number),
  });
  const first = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
  const answer = await replyTo(me, first);
  await replyTo(me, me.post({ content: 'What color is the background?', replyTo: answer.id }));
  await replyTo(me, me.post({ content: `${mention} ${'word '.repeat(390)}?`, replyTo: answer.id }));
  const after = await counts(address);
  expect(after).toMatchObject({
    'blipcord_answers_total{kind="question",outcome="answered"}': 2,
    'blipcord_answers_total{kind="question",outcome="refused"}': 1,
    'blipcord_refusals_total{reason="questionTooLong"}': 1,
    'blipcord_answer_seconds_count{kind="question"}': 2,
    'blipcord_model_seconds_count{work="picture"}': 1,
    'blipcord_model_seconds_count{work="answer"}': 2,
    'blipcord_model_wait_seconds_count{work="answer"}': 2,
    'blipcord_model_requests{work="answer",state="working"}': 0,
    'blipcord_pictures_total{features="encoded"}': 1,
    'blipcord_pictures_total{features="kept"}': 1,
    blipcord_window_used_ratio_count: 2,
    blipcord_answers_under_way: 0,
  });
  expect(after['blipcord_prompt_tokens_total{source="kept"}']).toBeGreaterThan(16);
  expect(after.blipcord_tokens_written_total).toBeGreaterThan(2);
  expect(after['blipcord_discord_requests_total{method="POST",status="200"}']).toBeGreaterThan(1);
});

it('tell a model that fails apart from people who are told why not, and who waits for it', async () => {
  const failing = fakeBackend({ say: () => Promise.reject(new Error('out of memory')) });
  const { me, mention, address } = await start({}, running(failing));
  const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
  expect((await replyTo(me, question)).content).toMatch(/went wrong/);
  expect(await counts(address)).toMatchObject({
    'blipcord_answers_total{kind="question",outcome="failed"}': 1,
    'blipcord_refusals_total{reason="wentWrong"}': 1,
  });
});

it('tell who waits for an answer, and a question that was called off', async () => {
  const asked = deferred();
  const say = ({ signal }: GenerateRequest) => {
    asked.resolve();
    return new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const { me, mention, address } = await start({}, running(fakeBackend({ say })));
  const question = me.post({ content: `${mention} What is this?`, files: [await picture('rocket')] });
  await asked.promise;
  expect(await counts(address)).toMatchObject({
    blipcord_answers_under_way: 1,
    'blipcord_model_requests{work="answer",state="working"}': 1,
  });
  me.delete(question);
  const calledOff = 'blipcord_answers_total{kind="question",outcome="called_off"}';
  await expect.poll(() => counts(address)).toMatchObject({ [calledOff]: 1, blipcord_answers_under_way: 0 });
});

it('tell which device really holds the nodes', async () => {
  const fake = fakeBackend();
  const nodes = { webgpu: { MatMul: 30, Softmax: 8 }, cpu: { Concat: 2 } };
  const device = { device: 'webgpu', precision: 'f16', fallbacks: [], nodes } as const;
  const { address } = await start({}, running({ ...fake, info: { ...fake.info, device } }));
  expect(await counts(address)).toMatchObject({
    'blipcord_model_info{name="fake",device="webgpu",precision="f16",weights=""}': 1,
    'blipcord_model_nodes{device="webgpu",operator="MatMul"}': 30,
    'blipcord_model_nodes{device="webgpu",operator="Softmax"}': 8,
    'blipcord_model_nodes{device="cpu",operator="Concat"}': 2,
  });
});

it('are served only where that is asked for, at one address, until the program ends', async () => {
  const off = await start({ BLIPCORD_METRICS_PORT: '' }, running(fakeBackend()));
  expect(off.address).toBeUndefined();
  const { program, address = '' } = await start({}, running(fakeBackend()));
  const { hostname, port } = new URL(address);
  expect(hostname).toBe('127.0.0.1');
  expect((await fetch(new URL('/', address))).status).toBe(404);
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  await program.stop();
  await expect(connected(Number(port))).resolves.toBe(false);
});

it('need a port that is free', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const started = start({ BLIPCORD_METRICS_PORT: String(port) }, running(fakeBackend()));
  await expect(started).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken. Set BLIPCORD_METRICS_PORT to another one, or to 0 for any that is free.`,
  );
});

const running = (backend: ReturnType<typeof fakeBackend>) => async () =>
  Object.assign(backend, { failed: new Promise<never>(() => {}) });

function connected(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    onTestFinished(() => void socket.destroy());
  });
}
