// The package as others use it: built, imported by its name in a TypeScript project of theirs, and run.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';

const root = packageRoot();
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const run = promisify(execFile);
let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'blipcord-library-'));
  const packages = join(project, 'node_modules');
  const installed = join(packages, 'blipcord');
  mkdirSync(installed, { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(packages, name));
  }
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  const build = ['--project', join(root, 'tsconfig.build.json'), '--outDir', join(installed, 'dist')];
  await run(process.execPath, [tsc, ...build]);
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const program = `
import { readFile } from 'node:fs/promises';
import { HumanMessage } from '@langchain/core/messages';
import { Blip2ChatModel } from 'blipcord/chat-model';
import { type Backend, ImageError, openBackend } from 'blipcord/engine';
import { type Conversations, createConversations, openStore } from 'blipcord/memory';

const [folder = '', picture = ''] = process.argv.slice(2);
const backend: Backend = await openBackend({ folder, device: 'cpu' });
const image = await readFile(picture);

const features = await backend.encodeImage(image);
let caption = '';
for await (const token of backend.generate({ features, prompt: '', maxNewTokens: 20 })) caption += token.text;

const model = new Blip2ChatModel({ backend, numBeams: 2 });
const question = new HumanMessage({
  content: [
    { type: 'text', text: 'What is this?' },
    { type: 'image', data: image.toString('base64') },
  ],
});
const answer = await model.invoke([question], { maxNewTokens: 5 });
const tokens: number | undefined = answer.usage_metadata?.output_tokens;

const quiet = () => {};
const conversations: Conversations = createConversations({
  backend,
  store: openStore('memory:'),
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
const about = { channelId: '1', messageId: '2', attachmentId: '3' };
const remembered = await conversations.ask('a', {
  question: 'What color is behind it?',
  askedBy: 'somebody',
  image: about,
  fetchImage: async () => image,
});

const refused = await backend.encodeImage(Uint8Array.of(1)).catch((error: unknown) => error instanceof ImageError);

// @ts-expect-error: there is no such option, so the types are really there
await model.invoke([question], { numBeamz: 2 });
// @ts-expect-error: the backend is no longer any
backend.nothing;

console.log(JSON.stringify({ caption, answer: answer.text, tokens, remembered: remembered.text, refused }));
await backend.close();
`;

describe('the package', () => {
  it('gives engine, memory and chat model to a project of its own, with types', async () => {
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    writeFileSync(join(project, 'program.ts'), program);
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    await run(process.execPath, [tsc, '--project', project]).catch(({ stdout }) => expect(stdout).toBe(''));

    const picture = join(root, 'test', 'goldens', 'emoji', 'scene3.png');
    const args = [join(project, 'program.js'), join(root, 'models', 'emoji'), picture];
    const { stdout } = await run(process.execPath, args, {
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    });
    expect(JSON.parse(stdout)).toEqual({
      caption: 'a rocket on a red background',
      answer: 'a rocket',
      tokens: 2,
      remembered: 'behind the rocket is red',
      refused: true,
    });
  }, 120_000);

  it('shows nothing of its inside', async () => {
    const inside = `await import('blipcord/src/config.ts')`;
    await expect(
      run(process.execPath, ['--input-type=module', '-e', inside], { cwd: project }),
    ).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
