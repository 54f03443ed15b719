// `blipcord doctor`: looks at everything that the bot needs, and says what to do about what is wrong.
import { Command } from 'commander';
import type { Config } from '../config.ts';
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
    const config = configure(options, io);
    for await (const check of examine(config)) {
      printLine(io.stdout, renderCheck(check));
      if (check.verdict === 'problem') setExitCode(1);
    }
  });
}

async function* examine(config: ReturnType<typeof configure>): AsyncGenerator<Check> {
  yield { about: 'node', verdict: 'ok', text: `${process.version} on ${process.platform} ${process.arch}.` };
  yield* await checkModel(() => openWorkerModel(config), config);
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
