// How the bot is doing, for Prometheus: counts that the parts are handed as parameters, served as text.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'discord.js';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Backend } from '../../models/backend.ts';
import { listenAt } from '../listen-at.ts';
import { type AnswerMetrics, answerMetrics } from './answer-metrics.ts';
import { discordMetrics } from './discord-metrics.ts';
import { modelMetrics } from './model-metrics.ts';

export interface Metrics extends AnswerMetrics {
  readonly url: string;
  /** The same backend, each of whose requests is counted. */
  model(backend: Backend): Backend;
  /** Counts what a client asks of Discord. */
  discord(client: Client): void;
  close(): Promise<void>;
}

export interface MetricsOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host: string;
}

/** @throws UsageError when it can't listen there */
export async function openMetrics({ port, host }: MetricsOptions): Promise<Metrics> {
  const registry = new Registry();
  const answers = answerMetrics(registry);
  const server = serverOf(registry);
  await listenAt(server, { port, host, setting: 'BLIPCORD_METRICS_PORT' });
  collectDefaultMetrics({ register: registry });
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    ...answers,
    url: `http://${name}:${(server.address() as AddressInfo).port}/metrics`,
    model: (backend) => modelMetrics(registry, backend),
    discord: discordMetrics(registry),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serverOf(registry: Registry) {
  return createServer(async ({ url, method }, response) => {
    if (url?.split('?')[0] !== '/metrics') return response.writeHead(404).end('See /metrics.\n');
    if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { allow: 'GET' }).end();
    const text = await registry.metrics();
    response
      .writeHead(200, { 'content-type': registry.contentType })
      .end(method === 'HEAD' ? undefined : text);
  });
}
