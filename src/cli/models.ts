// `blipcord models`: which models are on this machine; `blipcord models remove` makes room.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { formatBytes } from '../../models/format-bytes.ts';
import { loadConfig } from '../config.ts';
import {
  bytesIn,
  type CachedModel,
  listCachedModels,
  modelKind,
  removeCachedModel,
} from '../hub/cached-models.ts';
import { requireModelId } from '../hub/model-id.ts';
import { weightsHere } from '../hub/needed-files.ts';
import { packageRoot } from '../package-root.ts';
import { UsageError } from '../usage-error.ts';
import { type CliIo, printLine } from './cli-io.ts';

interface ListedModel extends Omit<CachedModel, 'revision' | 'commit'> {
  /** Absent for what comes with the package. */
  readonly revision?: string;
  readonly commit?: string;
}

export function modelsCommand(io: CliIo): Command {
  const remove = new Command('remove')
    .description('remove a pulled model, with all its revisions')
    .argument('<id>', 'owner/name')
    .action((text: string) => removeModel(text, io));
  return new Command('models')
    .description('list the models on this machine')
    .option('--json', 'print a line of JSON for each')
    .action((options: { json?: true }) => printModels(options, io))
    .addCommand(remove);
}

function printModels({ json }: { json?: true }, io: CliIo): void {
  const models = [...embeddedModels(), ...listCachedModels(loadConfig().hubCache)];
  const lines = json ? models.map((model) => JSON.stringify(model)) : table(models.map(row));
  for (const line of lines) printLine(io.stdout, line);
}

function removeModel(text: string, io: CliIo): void {
  if (embeddedModels().some(({ name }) => name === text)) {
    throw new UsageError(`${text} comes with blipcord. Only pulled models are removed.`);
  }
  const { name } = requireModelId(text);
  if (name !== text)
    throw new UsageError(`All revisions are removed together. Write: blipcord models remove ${name}`);
  const bytes = removeCachedModel(loadConfig().hubCache, name);
  printLine(io.stdout, `Removed ${name}: ${formatBytes(bytes)} are free again.`);
}

function embeddedModels(): ListedModel[] {
  const models = join(packageRoot(), 'models');
  return readdirSync(models).flatMap((name) => {
    const folder = join(models, name);
    const kind = modelKind(folder);
    if (kind === undefined) return [];
    return [{ name, bytes: bytesIn(folder), kind, weights: weightsHere(folder), complete: true, folder }];
  });
}

function row({ name, revision, commit, bytes, kind, weights, complete, fetch }: ListedModel): string[] {
  const from =
    commit === undefined
      ? 'comes with blipcord'
      : revision === commit
        ? commit.slice(0, 7)
        : `${revision} (${commit.slice(0, 7)})`;
  const state = complete ? 'complete' : `in part: run ${fetch}`;
  return [name, from, formatBytes(bytes), kind, state, describeWeights(weights)];
}

/** Nothing where all is as it came. */
function describeWeights(weights: ListedModel['weights']): string {
  if (weights.every((one) => one === 'stored')) return '';
  return weights.map((one) => (one === 'stored' ? 'as stored' : one)).join(', ');
}

/** Columns below each other, two spaces apart. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
