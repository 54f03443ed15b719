// Who holds the nodes, read from onnxruntime's own profiles.

import { existsSync } from 'node:fs';
import { parse } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { GraphBuilder } from '../../models/graph/builder.ts';
import { heldNodes } from '../../models/held-nodes.ts';
import { Placement } from '../../models/placement.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { EMOJI } from './support/goldens.ts';

it('counts each node that ran once, by operator and device, and leaves no file', async () => {
  const { weights, folder } = await readCheckpoint(EMOJI);
  const { root } = parse(folder);
  const graph = new GraphBuilder('two-products', weights, root);
  const x = graph.input('x', 'f32', ['n', 'n']);
  const product = graph.node('MatMul', [graph.node('MatMul', [x, x]), x]);
  graph.output('y', graph.node('Softmax', [product], { axis: -1 }), 'f32', ['n', 'n']);
  const placement = await Placement.begin();
  const open = placement.watch((profile) => sessionOpener({ root, mapped: false }, { ...CPU, ...profile }));
  const session = await open(graph.build());
  const feeds = { x: new Tensor('float32', new Float32Array(4), [2, 2]) };
  await session.run(feeds);
  await session.run(feeds);
  expect(await placement.end()).toEqual({ cpu: { MatMul: 2, Softmax: 1 } });
  await session.run(feeds); // goes on without a profile
  await session.release();
  expect(existsSync(placement.folder)).toBe(false);
});

it('tells what the device holds, and what lies elsewhere', () => {
  const nodes = {
    webgpu: { MatMul: 3, Softmax: 1 },
    cpu: { Shape: 2, Concat: 1 },
    OtherProvider: { Gemm: 1 },
  };
  const report = { device: 'webgpu', precision: 'f32', fallbacks: [] } as const;
  expect(heldNodes({ ...report, nodes })).toEqual({
    held: 4,
    all: 8,
    elsewhere: ['Concat on cpu', 'Shape on cpu', 'Gemm on OtherProvider'],
  });
  expect(heldNodes(report)).toBeUndefined();
});
