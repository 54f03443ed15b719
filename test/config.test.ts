import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigError, disableTelemetry, loadConfig, parseConfig, settingNames } from '../src/config.ts';

const root = join(import.meta.dirname, '..');
const token = `${'a'.repeat(24)}.Abcdef.${'b'.repeat(38)}`;

describe('parseConfig', () => {
  it('needs no setting at all', () => {
    expect(parseConfig({})).toEqual({
      discordToken: undefined,
      guildId: undefined,
      discordApi: undefined,
      model: 'emoji',
      device: 'auto',
      weights: 'auto',
      store: 'sqlite://data/blipcord.sqlite',
      windowTokens: 512,
      answerTokens: 40,
      maxImageBytes: 8_388_608,
      maxImagePixels: 40_000_000,
      fetchTimeoutMs: 10_000,
      prefixBytes: undefined,
      textsAtOnce: 8,
      maxWaiting: 64,
      hubEndpoint: 'https://huggingface.co',
      hubToken: undefined,
      hubCache: join(homedir(), '.cache', 'huggingface', 'hub'),
      logLevel: 'info',
      port: 3_000,
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
    });
  });

  it.each([
    [{ HF_HUB_CACHE: '/models', HF_HOME: '/hf' }, '/models'],
    [{ HF_HUB_CACHE: '~/models' }, join(homedir(), 'models')],
    [{ HF_HOME: '/hf', XDG_CACHE_HOME: '/xdg' }, '/hf/hub'],
    [{ XDG_CACHE_HOME: '/xdg', HF_HUB_CACHE: ' ' }, '/xdg/huggingface/hub'],
  ])("finds the hub's cache as the hub's own tools do: %o", (environment, folder) => {
    expect(parseConfig(environment).hubCache).toBe(resolve(folder));
  });

  it('reads the hub and its token, and never repeats the token', () => {
    const { hubEndpoint, hubToken } = parseConfig({
      HF_ENDPOINT: 'https://mirror.example/',
      HF_TOKEN: 'hf_a',
    });
    expect({ hubEndpoint, hubToken }).toEqual({ hubEndpoint: 'https://mirror.example', hubToken: 'hf_a' });
    expect(problemsOf({ HF_ENDPOINT: 'mirror', HF_TOKEN: 'hf secret' })).toEqual([
      'HF_TOKEN is not shaped like a token of the hub. Copy it again from https://huggingface.co/settings/tokens.',
      'HF_ENDPOINT is "mirror". Use an address such as https://huggingface.co.',
    ]);
  });

  it('takes a blank setting for one that is absent', () => {
    expect(parseConfig({ DISCORD_TOKEN: '', BLIPCORD_DEVICE: '  ' })).toEqual(parseConfig({}));
  });

  it('reads numbers and names', () => {
    const config = parseConfig({
      DISCORD_TOKEN: token,
      PORT: '0',
      BLIPCORD_DEVICE: 'webgpu',
      BLIPCORD_WINDOW_TOKENS: '256',
    });
    expect(config).toMatchObject({ discordToken: token, port: 0, device: 'webgpu', windowTokens: 256 });
  });

  it.each(['auto', 'cpu', 'webgpu', 'cuda', 'cuda:1', 'directml', 'coreml'])(
    'takes the device %s',
    (device) => {
      expect(parseConfig({ BLIPCORD_DEVICE: device }).device).toBe(device);
    },
  );

  it('reports every wrong setting at once, with its value and the remedy', () => {
    const environment = {
      BLIPCORD_DEVICE: 'cudaa',
      PORT: '70000',
      BLIPCORD_GUILD: 'my server',
      BLIPCORD_MAX_IMAGE_BYTES: '8 MB',
    };
    expect(problemsOf(environment).sort()).toEqual([
      'BLIPCORD_DEVICE is "cudaa". Use one of: auto, cpu, webgpu, cuda, cuda:N (card N, from 0), directml, coreml.',
      'BLIPCORD_GUILD is "my server". Use the server\'s id, a number of 17 to 20 digits.',
      'BLIPCORD_MAX_IMAGE_BYTES is "8 MB". Use a whole number from 1024 to 1073741824.',
      'PORT is "70000". Use a whole number from 0 to 65535.',
    ]);
  });

  it('never repeats a token', () => {
    const [problem, ...others] = problemsOf({ DISCORD_TOKEN: 'my secret' });
    expect(others).toEqual([]);
    expect(problem).toContain('DISCORD_TOKEN is not shaped like a bot token.');
    expect(problem).not.toContain('secret');
  });

  it('names a setting that does not exist, and leaves the rest of the environment alone', () => {
    expect(problemsOf({ BLIPCORD_DEVISE: 'cpu', HOME: '/home/me' })).toEqual([
      'BLIPCORD_DEVISE is no setting of blipcord. See .env.example for those there are.',
    ]);
  });

  it('refuses an answer that leaves no room for its question', () => {
    expect(problemsOf({ BLIPCORD_WINDOW_TOKENS: '100', BLIPCORD_ANSWER_TOKENS: '60' })).toEqual([
      'BLIPCORD_ANSWER_TOKENS is 60, more than half of BLIPCORD_WINDOW_TOKENS (100). Use at most 50, so that the question fits, too.',
    ]);
  });

  it('says with a too long answer, too, what is wrong with the model', () => {
    const environment = { BLIPCORD_WINDOW_TOKENS: '100', BLIPCORD_ANSWER_TOKENS: '60' };
    expect(() => parseConfig(environment, () => ['There is no such model.'])).toThrow(
      /^BLIPCORD_ANSWER_TOKENS is 60.*\nThere is no such model\.$/,
    );
  });

  it('has its defaults, all of them, in .env.example', () => {
    const example = parseEnv(readFileSync(join(root, '.env.example'), 'utf8')) as Record<string, string>;
    expect(Object.keys(example).sort()).toEqual([...settingNames].sort());
    expect(parseConfig(example)).toEqual(parseConfig({}));
  });

  it("has its defaults, all of them, in the README's table", () => {
    const rows = readFileSync(join(root, 'README.md'), 'utf8').matchAll(
      /^\| `([A-Z_]+)` \| *`?([^|`]*?)`? *\|/gm,
    );
    const table = Object.fromEntries([...rows].map(([, name = '', value = '']) => [name, value.trim()]));
    expect(Object.keys(table)).toEqual(settingNames);
    expect(parseConfig(table)).toEqual(parseConfig({}));
  });
});

describe('disableTelemetry', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'])(
    'keeps LangChain from sending prompts out where %s is set',
    (name) => {
      vi.stubEnv(name, 'true');
      disableTelemetry();
      expect(process.env[name]).toBeUndefined();
    },
  );

  it("keeps a person's choice about onnxruntime's telemetry", () => {
    vi.stubEnv('ORT_DISABLE_TELEMETRY', '0');
    disableTelemetry();
    expect(process.env.ORT_DISABLE_TELEMETRY).toBe('0');
  });
});

describe('loadConfig', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('reads .env of the folder, and the environment wins over it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-config-'));
    writeFileSync(join(folder, '.env'), 'PORT=4001\nBLIPCORD_LOG=warn\n');
    vi.stubEnv('PORT', '4002');
    expect(loadConfig(folder)).toMatchObject({ port: 4002, logLevel: 'warn' });
  });

  it('reads the first line of a .env with a byte order mark', () => {
    const folder = mkdtempSync(join(tmpdir(), 'blipcord-config-'));
    writeFileSync(join(folder, '.env'), '\uFEFFPORT=4001\n');
    expect(loadConfig(folder)).toMatchObject({ port: 4001 });
  });
});

function problemsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
  return [];
}
