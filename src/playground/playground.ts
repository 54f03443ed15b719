// The local Discord: gateway, REST routes, CDN and page on one port of this machine, for trying the bot without an
// account and for testing it against Discord's rules.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Logger } from '../../models/logger.ts';
import { listenAt } from '../listen-at.ts';
import { createCdn } from './cdn.ts';
import { createDiscord, type Discord } from './discord.ts';
import { furnish } from './furnish.ts';
import { createGateway } from './gateway/gateway.ts';
import { type Caller, isOwnPageOrProgram, isProgram, knowsUsByAddress } from './guard.ts';
import { type OpenWorld, openWorld } from './keep/open-world.ts';
import { discordLimits, type Limits } from './limits.ts';
import { createPageEvents } from './page-side/page-events.ts';
import { createPageFiles } from './page-side/page-files.ts';
import { createPageRoutes } from './page-side/page-routes.ts';
import type { Exchange } from './rest/exchange.ts';
import { createFaults } from './rest/faults.ts';
import { createRest } from './rest/rest.ts';
import { samples as ownSamples, type Sample, sampleEmoji, sampleStickers } from './samples.ts';
import type { PrivilegedIntents } from './state/world.ts';

export interface PlaygroundOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** The address to listen on; only this machine by default. */
  readonly host?: string;
  readonly log: Logger;
  /** Where the built page lies. */
  readonly pageFolder?: string;
  /** Where what happens in it is kept from one start to the next; without one it is forgotten at the end. */
  readonly file?: string | undefined;
  readonly samples?: readonly Sample[];
  /** Whether there are stickers, emoji and pictures in the web to try; not by default. */
  readonly furnished?: boolean;
  /** What the page says about the model in use, in Discord's markdown. */
  readonly modelNote?: string | undefined;
  /** Which privileged intents the bot may ask for; message content alone by default. */
  readonly privileged?: Partial<PrivilegedIntents>;
  readonly limits?: Partial<Limits>;
  readonly validate?: Validator;
}

/** Sees whatever passes between the bot and the local Discord. */
export interface Validator {
  exchange(exchange: Exchange): void;
  dispatch(name: string, data: unknown): void;
}

export interface Playground {
  /** The page: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** For discord.js: `new Client({ rest: { api } })`. */
  readonly api: string;
  readonly token: string;
  /** Host and port of attachment addresses: `127.0.0.1:3000`. */
  readonly cdnHost: string;
  readonly discord: Discord;
  close(): Promise<void>;
}

/** @throws UsageError when it can't listen on the port; PlaygroundError when it can't be kept in its file */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { log, file } = options;
  const opened = openWorld({
    limits: { ...discordLimits, ...options.limits },
    privileged: { messageContent: true, members: false, presences: false, ...options.privileged },
    file,
    log,
  });
  try {
    return await serve(opened, options);
  } catch (error) {
    opened.close();
    throw error;
  }
}

async function serve({ world, close }: OpenWorld, options: PlaygroundOptions): Promise<Playground> {
  const {
    port,
    host = '127.0.0.1',
    log,
    pageFolder,
    samples = ownSamples,
    furnished,
    modelNote,
    validate,
  } = options;
  const token = `${Buffer.from(world.bot.id).toString('base64url')}.local.${randomBytes(24).toString('base64url')}`;
  const faults = createFaults();
  const gateway = createGateway(world, { token, onDispatch: validate?.dispatch });
  const discord = createDiscord(world, gateway, faults);
  const pageEvents = createPageEvents(discord);

  const app = new Hono()
    .use(async (context, next) => {
      const caller = callerOf((name) => context.req.header(name));
      if (!mayEnter(context.req.path, caller)) return context.text('Forbidden', 403);
      return next();
    })
    .route('/api/v10', createRest(world, { token, log, faults, onExchange: validate?.exchange }))
    .route('/page', createPageRoutes(discord, { samples, modelNote }, log))
    .route('/', createCdn(world))
    .route('/', createPageFiles(pageFolder));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?')[0] ?? '';
    const target = { '/gateway': gateway, '/gateway/': gateway, '/page/events': pageEvents }[path];
    const caller = callerOf((name) => request.headers[name] as string | undefined);
    if (target === undefined || !mayEnter(path, caller)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else target.upgrade(request, socket, head);
  });
  await listenAt(server, { port, host, setting: 'PORT' });

  const address = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const cdnHost = `${name.includes(':') ? `[${name}]` : name}:${address.port}`;
  world.origin = `http://${cdnHost}`;
  if (furnished) await furnish(world, { samples, stickers: sampleStickers, emoji: sampleEmoji });
  return {
    url: world.origin,
    api: `${world.origin}/api`,
    token,
    cdnHost,
    discord,
    async close() {
      gateway.close();
      pageEvents.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      close();
    },
  };
}

function callerOf(header: (name: 'host' | 'origin') => string | undefined): Caller {
  return { host: header('host'), origin: header('origin') };
}

function mayEnter(path: string, caller: Caller): boolean {
  const isForBots = path.startsWith('/api/') || path.startsWith('/gateway');
  return knowsUsByAddress(caller) && (isForBots ? isProgram(caller) : isOwnPageOrProgram(caller));
}
