// Our engine as a process that does what it is told, a line of JSON each; bench/reference.py does the same. Plain
// JavaScript over dist/, which is what people run: compiling TypeScript on the way would be measured with it.
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { PrefixCache } from '../../dist/models/decoder/prefix-cache.js';
import { prefixRoom } from '../../dist/models/decoder/prefix-room.js';
import { openDevice } from '../../dist/models/device.js';
import { LocalBackend } from '../../dist/models/local-backend.js';
import { preprocess } from '../../dist/models/preprocess.js';
import { describeDevice } from '../../dist/src/describe-device.js';

class Ours {
  /** @type {Map<string, import('../../models/backend.ts').ImageFeatures>} by file */
  encoded = new Map();
  /** How many pictures were made of one. */
  pictures = 0;

  async load({ model, threads, weights, device = 'cpu' }) {
    const opened = await openDevice(device);
    const sessionOptions = { ...opened.sessionOptions, intraOpNumThreads: threads };
    this.backend = await LocalBackend.open(model, {
      preprocess,
      prefixes: new PrefixCache(prefixRoom()),
      weights,
      device: { ...opened, sessionOptions },
    });
    return { where: describeDevice(this.backend.info.device) };
  }

  async encode({ image }) {
    this.features = await this.backend.encodeImage(await readFile(image));
    this.encoded.set(image, this.features);
    return {};
  }

  /** A caption is of a new picture; that of a conversation is known, as the bot knows it. */
  async answer({ image, prompt, newTokens }) {
    if (prompt === '' || !this.encoded.has(image)) await this.encode({ image });
    if (prompt === '') this.features = this.another(this.features);
    // Nobody reads along, as nobody does with the reference.
    const { tokens, text, promptTokens } = (await this.generate(prompt, newTokens, true)).result;
    return { tokens: [tokens], text, promptTokens };
  }

  async proceed({ prompts, newTokens, unseen }) {
    if (unseen) this.features = this.another(this.features);
    const answers = await Promise.all(prompts.map((prompt) => this.generate(prompt, newTokens)));
    const [{ decodeMs, result }] = answers;
    return {
      tokens: answers.map((one) => one.result.tokens),
      promptTokens: result.promptTokens,
      decodeMs,
    };
  }

  /** Another picture by a hair, so that what was read of those before is of no use. */
  another(features) {
    this.pictures++;
    const data = features.data.map((value) => value * (1 + this.pictures * 2 ** -22));
    return { ...features, data };
  }

  async close() {
    await this.backend?.close();
  }

  async generate(prompt, count, atOnce = false) {
    const request = { features: this.features, prompt, maxNewTokens: count, minNewTokens: count, atOnce };
    const tokens = this.backend.generate(request);
    let first;
    let last = 0;
    while (true) {
      const step = await tokens.next();
      if (step.done) return { result: step.value, decodeMs: last - (first ?? last) };
      last = performance.now();
      first ??= last;
    }
  }
}

const ours = new Ours();
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...request } = JSON.parse(line);
  const started = performance.now();
  const outcome = await ours[name](request);
  say({ ms: performance.now() - started, ...outcome });
}
await ours.close();
