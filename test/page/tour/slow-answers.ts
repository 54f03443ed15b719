// What a person sees while they wait: the answer as it is written, and how many come before theirs.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SlowProgram, startSlowProgram } from '../support/slow-program.ts';
import { Tour } from '../support/tour.ts';

export function slowAnswers(tour: () => Tour): void {
  let slow: Tour;
  let program: SlowProgram;

  beforeAll(async () => {
    const start = async () => {
      program = await startSlowProgram();
      return program;
    };
    slow = await Tour.open(start, tour().taken);
  }, 120_000);

  afterAll(() => slow?.close());

  it('shows an answer while it is written', async () => {
    const { chat } = slow;
    await chat.postSample('Rocket');
    await slow.use('caption');
    await chat.sees(/^I am thinking… ⏳$/);
    await slow.take('answers-thinking', 1);
    program.model.step(3);
    await chat.becomes(/^a rocket.* ⏳$/);
    await slow.take('answers-draft', 1);
    program.model.step(50);
    await chat.becomes('a rocket on a red background');
  });

  it('tells whoever waits how many come before them', async () => {
    const { chat } = slow;
    await slow.goTo('blipcord');
    await chat.postSample('Rocket');
    await chat.say('What is this?');
    await chat.say('Is there a bee?');
    await chat.say('What color is the background?');
    await chat.sees(/^2 questions are before yours/);
    await slow.take('answers-waiting', 7);
    program.model.step(Number.POSITIVE_INFINITY);
    await chat.becomes('red');
    expect(slow.complaints).toEqual([]);
  });
}
