// `blipcord doctor`: looks at everything that the bot needs, and says what to do about what is wrong.
import { Command } from 'commander';
import type { Backend } from '../../models/backend.ts';
import { type Config, loadConfig } from '../config.ts';
import { type Check, renderCheck } from '../doctor/check.ts';
import { checkModel } from '../doctor/check-model.ts';
import { checkStore } from '../doctor/check-store.ts';
import { type CliIo, printLine } from './cli-io.ts';
import { addModelOptions, configure, type ModelOptions, openWorkerModel } from './model-options.ts';

const withoutToken: Check = {
  about: 'discord',
  verdict: 'absent',
  text:
    'DISCORD_TOKEN is not set, so npm start opens the local Discord. To join a real server, make an application at ' +
    'https://discord.com/developers/applications, reset the token on its Bot page and put it into .env.',
};

export function doctorCommand(io: CliIo, setExitCode: (code: number) => void): Command {
  return addModelOptions(
    new Command('doctor').description('check Node, model, device, store and Discord, and say what to do'),
  ).action(async (options: ModelOptions) => {
    // A model that isn't there is one more problem, told with the others.
    const open = async () => openWorkerModel(configure(options, io));
    for await (const check of examine(loadConfig(), open)) {
      printLine(io.stdout, renderCheck(check));
      if (check.verdict === 'problem') setExitCode(1);
    }
  });
}

async function* examine(config: Config, open: () => Promise<Backend>): AsyncGenerator<Check> {
  yield { about: 'node', verdict: 'ok', text: `${process.version} on ${process.platform} ${process.arch}.` };
  yield* await checkModel(open, config);
  yield await checkStore(config.store);
  yield* await checkDiscord(config);
}

async function checkDiscord({ discordToken, discordApi, guildId }: Config): Promise<Check[]> {
  if (discordToken === undefined) return [withoutToken];
  const [{ checkDiscord }, { commands }] = await Promise.all([
    import('../doctor/check-discord.ts'),
    import('../../commands/index.ts'),
  ]);
  const commandNames = commands.map(({ data }) => data.name);
  return checkDiscord({ token: discordToken, api: discordApi, guildId, commandNames });
}
