// What the embedded checkpoint says about some scenes through the local Discord. Table of right answers:
// `npm run bench -- scenes`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { type Random, seededRandom } from '../conversation/random.ts';
import { openStage, quickly, replyTo } from '../e2e/stage.ts';
import { countThings, listings } from './facts.ts';
import { paintPhoto, photoKinds } from './photo.ts';
import { pairsAbout, type Question, questionsAbout } from './questions.ts';
import { composeSticker, type Scene } from './scene.ts';
import { artist, draw, root, things } from './seeded.ts';

describe('the embedded checkpoint, asked in the local Discord', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await WorkerBackend.open({ folder: `${root}models/emoji`, device: 'cpu' });
  });
  afterAll(() => backend.close());

  it('is right in nine of ten questions about fresh scenes', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const wrong: string[] = [];
    let asked = 0;
    for (let seed = 11; seed <= 22; seed++) {
      const { scene, picture } = await draw(seed);
      for (const { kind, question, accepts, before } of questionsAbout(scene, things, seededRandom(seed))) {
        if (before.length > 0 || kind === 'naming several') continue;
        const files = [{ name: 'scene.png', bytes: picture }];
        const { content } = await replyTo(me, me.post({ content: `${mention} ${question}`, files }));
        asked += 1;
        if (!accepts.includes(firstLine(content))) wrong.push(`${seed}: ${question} ${content}`);
      }
    }
    expect(asked).toBeGreaterThan(45);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(asked / 10);
  });

  it('names what fills its picture from edge to edge, as stickers do', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const random = seededRandom(41);
    const wrong: string[] = [];
    for (let sticker = 0; sticker < 16; sticker++) {
      const scene = composeSticker(random, things);
      const files = [{ name: 'sticker.png', bytes: await artist.paint(scene, random) }];
      const { content } = await replyTo(me, me.post({ content: `${mention} What is this?`, files }));
      const names = listings(countThings(scene));
      if (!names.includes(firstLine(content))) wrong.push(`${names.join()}: ${content}`);
    }
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(4);
  });

  it('says of what is no scene that it cannot make it out, whatever is asked', async () => {
    const { me, mention } = await openStage(backend, { limits: quickly });
    const wrong: string[] = [];
    for (const [index, kind] of photoKinds.entries()) {
      const bytes = await paintPhoto(seededRandom(31 + index), kind);
      const files = [{ name: 'photo.jpg', bytes }];
      for (const question of ['What is this?', 'Is there a cat in the picture?']) {
        const { content } = await replyTo(me, me.post({ content: `${mention} ${question}`, files }));
        if (!/can't (make out|tell)/.test(content)) wrong.push(`${kind}: ${question} ${content}`);
      }
    }
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(2);
  });

  it('answers the same question about the same scene as what was said before has it', async () => {
    await expectMostlyRight(8, (scene) => pairsAbout(scene)[0] ?? []);
  });

  it('leaves out of "What else?" all that was said before, and knows what "it" is after a word of thanks', async () => {
    const kinds = ['what else', 'follow-up after an aside'];
    await expectMostlyRight(16, (scene, random) =>
      questionsAbout(scene, things, random).filter(({ kind }) => kinds.includes(kind)),
    );
  });

  it('compares sizes, and says whether a thing lies where it is asked for', async () => {
    const kinds = ['comparing sizes', 'whether it is there'];
    await expectMostlyRight(16, (scene, random) =>
      questionsAbout(scene, things, random).filter(({ kind }) => kinds.includes(kind)),
    );
  });

  /** Three of four, each asked after the turns before it, in a direct message. */
  async function expectMostlyRight(
    count: number,
    questionsOf: (scene: Scene, random: Random) => readonly Question[],
  ): Promise<void> {
    const { me } = await openStage(backend, { limits: quickly });
    const channelId = me.directMessages();
    const wrong: string[] = [];
    let asked = 0;
    for (let seed = 11; asked < count; seed++) {
      const { scene, picture } = await draw(seed);
      for (const { question, accepts, before } of questionsOf(scene, seededRandom(seed))) {
        await replyTo(me, me.post({ channelId, files: [{ name: 'scene.png', bytes: picture }] }));
        const said = [...before.map((turn) => turn.question), question];
        const answers: string[] = [];
        for (const content of said)
          answers.push(firstLine((await replyTo(me, me.post({ channelId, content }))).content));
        asked += 1;
        if (!accepts.includes(answers.at(-1) ?? ''))
          wrong.push(`${seed}: ${said.join(' ')} ${answers.join(', ')}`);
      }
    }
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(asked / 4);
  }
});

/** What it says, without that it is not sure. */
function firstLine(answer: string): string {
  return answer.split('\n')[0] ?? '';
}
