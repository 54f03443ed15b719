// What the model does and on what: its own time, who waits for it, and which device holds its nodes.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Backend, RequestOptions, RequestProgress } from '../../models/backend.ts';
import { deviceLabel } from '../../models/device-choice.ts';
import { SECONDS } from './buckets.ts';

type Work = 'picture' | 'answer';

/** @returns the same backend, each of whose requests is counted */
export function modelMetrics<Model extends Backend>(registry: Registry, model: Model): Backend {
  describeModel(registry, model);
  const follow = requestMetrics(registry);
  const written = new Counter({
    name: 'blipcord_tokens_written_total',
    help: 'Tokens that the model wrote.',
    registers: [registry],
  });
  return {
    get info() {
      return model.info;
    },
    get reuse() {
      return model.reuse;
    },
    countPromptTokens: (prompt) => model.countPromptTokens(prompt),
    promptIds: (prompt) => model.promptIds(prompt),
    async encodeImage(image, options = {}) {
      const request = follow('picture', options);
      try {
        return await model.encodeImage(image, { ...options, onProgress: request.onProgress });
      } finally {
        request.end();
      }
    },
    async *generate(options) {
      const request = follow('answer', options);
      try {
        const generation = yield* model.generate({ ...options, onProgress: request.onProgress });
        written.inc(generation.tokens.length);
        return generation;
      } finally {
        request.end();
      }
    },
    close: () => model.close(),
  };
}

interface Followed {
  readonly onProgress: (progress: RequestProgress) => void;
  end(): void;
}

function requestMetrics(registry: Registry) {
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['work'], buckets: SECONDS, registers: [registry] });
  const own = histogram('blipcord_model_seconds', "The model's own time for a picture or an answer.");
  const waits = histogram('blipcord_model_wait_seconds', 'Before that, waiting for its turn.');
  const requests = new Gauge({
    name: 'blipcord_model_requests',
    help: 'Pictures and answers that wait for their turn, and those being worked on.',
    labelNames: ['work', 'state'],
    registers: [registry],
  });
  for (const work of ['picture', 'answer']) {
    for (const state of ['waiting', 'working']) requests.set({ work, state }, 0);
  }
  return (work: Work, { onProgress }: Pick<RequestOptions, 'onProgress'>): Followed => {
    const cameMs = performance.now();
    let beganMs: number | undefined;
    requests.inc({ work, state: 'waiting' });
    const begin = () => {
      if (beganMs !== undefined) return;
      beganMs = performance.now();
      waits.observe({ work }, (beganMs - cameMs) / 1000);
      requests.dec({ work, state: 'waiting' });
      requests.inc({ work, state: 'working' });
    };
    return {
      onProgress(progress) {
        if (progress.stage === 'working') begin();
        onProgress?.(progress);
      },
      end() {
        requests.dec({ work, state: beganMs === undefined ? 'waiting' : 'working' });
        if (beganMs !== undefined) own.observe({ work }, (performance.now() - beganMs) / 1000);
      },
    };
  };
}

/** Told anew each time: a model that is started again may come to lie elsewhere. */
function describeModel(registry: Registry, model: Backend): void {
  const registers = [registry];
  new Gauge({
    name: 'blipcord_model_info',
    help: 'The model and what it runs on.',
    labelNames: ['name', 'device', 'precision', 'weights'],
    registers,
    collect() {
      const { name, device, weights, storedIn = '' } = model.info;
      this.reset();
      this.set(
        { name, device: deviceLabel(device), precision: device.precision, weights: weights ?? storedIn },
        1,
      );
    },
  });
  new Gauge({
    name: 'blipcord_model_nodes',
    help: "Nodes of the model's graphs that each device really holds, by the profile of a first run; none where only the CPU was asked for.",
    labelNames: ['device', 'operator'],
    registers,
    collect() {
      this.reset();
      for (const [device, operators] of Object.entries(model.info.device.nodes ?? {})) {
        for (const [operator, count] of Object.entries(operators)) this.set({ device, operator }, count);
      }
    },
  });
  new Counter({
    name: 'blipcord_prompt_tokens_total',
    help: 'Tokens of prompts and their pictures, by whether they were read or their keys and values were kept; 0 where nothing is kept.',
    labelNames: ['source'],
    registers,
    collect() {
      const { positions, reused } = model.reuse ?? { positions: 0, reused: 0 };
      this.reset();
      this.inc({ source: 'read' }, positions - reused);
      this.inc({ source: 'kept' }, reused);
    },
  });
}
