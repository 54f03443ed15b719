// The options that every command with a model has, and how their values become a loaded model.
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Backend, DeviceChoice, WeightChoice } from '../../models/backend.ts';
import { deviceChoices, isDeviceChoice } from '../../models/device-choice.ts';
import type { Matcher } from '../../models/matcher.ts';
import type { OpenOptions } from '../../models/open.ts';
import { weightChoices } from '../../models/weight-choices.ts';
import { type Config, loadConfig } from '../config.ts';
import { findModel } from '../model-folder.ts';
import { packageRoot } from '../package-root.ts';
import { UsageError } from '../usage-error.ts';
import type { CliIo } from './cli-io.ts';

export interface ModelOptions {
  readonly model?: string;
  readonly device?: DeviceChoice;
  readonly weights?: WeightChoice;
}

/** The settings, with what was given on the command line over them. */
export interface CliConfig extends Config {
  /** Absolute. */
  readonly modelFolder: string;
}

export function addModelOptions(command: Command): Command {
  return command
    .option('--model <model>', 'emoji, a model that was pulled, or a folder that holds a BLIP-2 checkpoint')
    .option('--device <device>', `where the model runs: ${deviceChoices}`, parseDevice)
    .addOption(
      new Option('--weights <type>', 'which weights: those that quantize wrote, or auto').choices(
        weightChoices,
      ),
    );
}

/** @throws ConfigError that names every wrong setting, and a model that isn't there */
export function configure(
  { model, device, weights }: ModelOptions,
  { folder }: Pick<CliIo, 'folder'>,
): CliConfig {
  const models = join(packageRoot(), 'models');
  // A folder in the settings is relative to where the program runs, one on the command line to who called it.
  const from = model === undefined ? process.cwd() : folder;
  let modelFolder = '';
  const config = loadConfig(process.cwd(), (named, cache, set) => {
    try {
      modelFolder = findModel(model ?? named, { models, from, cache, weights: weights ?? set });
      return [];
    } catch (error) {
      if (error instanceof UsageError) return [error.message];
      throw error;
    }
  });
  return { ...config, modelFolder, device: device ?? config.device, weights: weights ?? config.weights };
}

/** Loads the model into this thread, which is quickest for a single answer. */
export async function openModel(config: CliConfig): Promise<Backend> {
  const { openBackend } = await import('../../models/open.ts');
  return openBackend({ ...openOptions(config), inWorker: false });
}

/** Loads the model into a worker, so that this thread stays free to listen. */
export async function openWorkerModel(config: CliConfig): Promise<Backend> {
  const { openBackend } = await import('../../models/open.ts');
  return openBackend(openOptions(config));
}

/** Loads a model that matches instead of one that answers. */
export async function openMatcher(config: CliConfig): Promise<Matcher> {
  const { openMatcher } = await import('../../models/open.ts');
  return openMatcher(openOptions(config));
}

function openOptions({ modelFolder: folder, maxImagePixels: maxPixels, ...config }: CliConfig): OpenOptions {
  const { device, weights, prefixBytes, textsAtOnce, maxWaiting } = config;
  const kept = prefixBytes === undefined ? {} : { prefixBytes };
  return { folder, device, weights, limits: { maxPixels }, ...kept, textsAtOnce, maxWaiting };
}

function parseDevice(text: string): DeviceChoice {
  if (!isDeviceChoice(text)) throw new InvalidArgumentError(`Use one of: ${deviceChoices}.`);
  return text;
}

/** For commander: the value of an option that counts something. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Use a whole number from 1.');
  return Number(text);
}

/** For commander: what random numbers begin with. */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed)) throw new InvalidArgumentError('Use a whole number from 0.');
  return seed;
}
