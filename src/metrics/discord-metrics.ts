// What the bot asks of Discord, and how Discord takes it.
import { type Client, RESTEvents } from 'discord.js';
import { Counter, Gauge, type Registry } from 'prom-client';

/** @returns counts what a client does from now on */
export function discordMetrics(registry: Registry): (client: Client) => void {
  const registers = [registry];
  const requests = new Counter({
    name: 'blipcord_discord_requests_total',
    help: "Requests to Discord's REST API, each attempt for itself.",
    labelNames: ['method', 'status'],
    registers,
  });
  const limited = new Counter({
    name: 'blipcord_discord_rate_limited_total',
    help: 'How often a request had to wait for a limit of Discord.',
    labelNames: ['global'],
    registers,
  });
  let current: Client | undefined;
  new Gauge({
    name: 'blipcord_discord_ping_seconds',
    help: "The gateway's answer to the last heartbeat.",
    registers,
    collect() {
      const ping = current?.ws.ping ?? -1;
      if (ping >= 0) this.set(ping / 1000);
    },
  });
  new Gauge({
    name: 'blipcord_discord_servers',
    help: 'Servers that the bot is in.',
    registers,
    collect() {
      this.set(current?.guilds.cache.size ?? 0);
    },
  });
  return (client) => {
    current = client;
    client.rest.on(RESTEvents.Response, ({ method }, { status }) => {
      requests.inc({ method: method.toUpperCase(), status: String(status) });
    });
    client.rest.on(RESTEvents.RateLimited, ({ global }) => limited.inc({ global: String(global) }));
  };
}
