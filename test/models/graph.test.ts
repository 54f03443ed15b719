// What onnxruntime is told of the graphs, and what it leaves as it is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import proto from 'onnx-proto';
import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { type Checkpoint, readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import type { Activation } from '../../models/checkpoint/picture-config.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { GraphBuilder } from '../../models/graph/builder.ts';
import { imageEncoder } from '../../models/graph/image-encoder.ts';
import { activate, linear } from '../../models/graph/layers.ts';
import { Placement } from '../../models/placement.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { EMOJI, readGolden, writeCheckpoint } from './support/goldens.ts';

it.each(['emoji', 't5-gated-untied'])('names each size of %s that it can not work out', async (name) => {
  const folder = name === 'emoji' ? EMOJI : await mkdtemp(join(tmpdir(), 'blipcord-graph-'));
  if (name !== 'emoji') await writeCheckpoint(folder, readGolden(name));
  const graphs = await graphsOf(await readCheckpoint(folder));
  if (name !== 'emoji') await rm(folder, { recursive: true });
  expect(graphs.flatMap(unnamedReshapes)).toEqual([]);
  expect(graphs.length).toBeGreaterThanOrEqual(3);
});

it('has few rows multiplied by the weights from the right, and many from the left', async () => {
  const { weights, folder, config } = await readCheckpoint(EMOJI);
  const { root } = parse(folder);
  const width = config.visionConfig.hiddenSize;
  const operatorsFor = async (manyRows: boolean) => {
    const graph = new GraphBuilder('product', weights, root);
    const x = graph.input('x', 'f32', ['rows', width]);
    const name = 'vision_model.encoder.layers.0.self_attn.projection';
    const product = linear(graph, x, name, { in: width, out: width, manyRows }, 'f32');
    graph.output('y', product, 'f32', ['rows', width]);
    const placement = await Placement.begin();
    const open = placement.watch((profile) => sessionOpener({ root, mapped: false }, { ...CPU, ...profile }));
    const session = await open(graph.build());
    await session.run({ x: new Tensor('float32', new Float32Array(3 * width), [3, width]) });
    const nodes = await placement.end();
    await session.release();
    return nodes.cpu;
  };
  expect(await operatorsFor(false)).toEqual({ Transpose: 2, Gemm: 1 });
  expect(await operatorsFor(true)).toEqual({ Gemm: 1 });
});

it.each<[Activation, (x: number) => number]>([
  ['gelu_python', (x) => x * normalBelow(x)],
  ['tanh', Math.tanh],
])('computes %s', async (activation, formula) => {
  const { weights, folder } = await readCheckpoint(EMOJI);
  const { root } = parse(folder);
  const graph = new GraphBuilder('activation', weights, root);
  const y = activate(graph, graph.input('x', 'f32', ['numbers']), activation);
  graph.output('y', y, 'f32', ['numbers']);
  const session = await sessionOpener({ root, mapped: false }, CPU)(graph.build());
  const x = Float32Array.from({ length: 121 }, (_, at) => (at - 60) / 10);
  const results = await session.run({ x: new Tensor('float32', x, [x.length]) });
  await session.release();
  const off = Array.from(
    results.y?.data as Float32Array,
    (found, at) => found - formula(x[at] ?? Number.NaN),
  );
  expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-6);
});

/** How much of the normal distribution lies below x: the integral of its density, by Simpson's rule. */
function normalBelow(x: number): number {
  const step = x / 200;
  const sum = Array.from({ length: 201 }, (_, at) => {
    const share = at === 0 || at === 200 ? 1 : at % 2 === 1 ? 4 : 2;
    return share * Math.exp(-((at * step) ** 2) / 2);
  }).reduce((total, part) => total + part, 0);
  return 1 / 2 + (sum * step) / 3 / Math.sqrt(2 * Math.PI);
}

async function graphsOf(checkpoint: Checkpoint): Promise<proto.onnx.IGraphProto[]> {
  const { root } = parse(checkpoint.folder);
  const encoder = new GraphBuilder('image-encoder', checkpoint.weights, root);
  imageEncoder(encoder, checkpoint.config, 'f32');
  const built = [encoder.build()];
  const plan = planDecoder(checkpoint, root, { precision: 'f32' });
  const open = sessionOpener({ root, mapped: false }, CPU);
  const decoder = await plan.open((graph, place) => {
    built.push(graph);
    return open(graph, place);
  });
  await decoder.close();
  return built.map((graph) => proto.onnx.ModelProto.decode(graph).graph ?? {});
}

/** Of which one side follows from the others, or all from a run. */
function unnamedReshapes({ node, initializer, valueInfo }: proto.onnx.IGraphProto): string[] {
  const named = new Set(valueInfo?.map(({ name }) => name));
  const known = new Set(
    initializer?.filter(({ rawData }) => rawData && !sidesIn(rawData).includes(-1n)).map(({ name }) => name),
  );
  return (node ?? [])
    .filter(({ opType, input }) => opType === 'Reshape' && !known.has(input?.[1]))
    .map(({ output }) => output?.[0] ?? '')
    .filter((output) => !named.has(output));
}

const sidesIn = (bytes: Uint8Array): bigint[] =>
  bytes.byteLength % 8 === 0 ? [...new BigInt64Array(Uint8Array.from(bytes).buffer)] : [];
