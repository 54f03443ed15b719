// What is offered while one types how a caption begins, or a question. The model reads English, whatever one's language.
import type { ApplicationCommandOptionChoiceData } from 'discord.js';
import type { Command } from './command.ts';

export const captionStarters = [
  'a photo of',
  'a close-up of',
  'a drawing of',
  'a screenshot of',
  'this is a picture of',
  'this is a cartoon of',
  'this is a painting of',
  'in the foreground there is',
  'in the background there is',
  'the background is',
  'the person is wearing',
  'the mood of this picture is',
  'the text in this picture says',
] as const;

export const questionStarters = [
  'What is this?',
  'What is in the picture?',
  'What is in the foreground?',
  'What is in the background?',
  'What color is the background?',
  'What animal is in the picture?',
  'What food is in the picture?',
  'What is the person doing?',
  'Where was this taken?',
  'How many people are there?',
  'Is there a person in the picture?',
  'Is it day or night?',
] as const;

/** Discord takes no more. */
const mostChoices = 25;

/** Completes the one text option of a command. */
export function completeWith(starters: readonly string[]): NonNullable<Command['complete']> {
  return async (interaction) => {
    await interaction.respond(offered(starters, interaction.options.getFocused()));
  };
}

/** Those that begin with what was typed, then those that hold it. */
export function offered(
  starters: readonly string[],
  typed: string,
): readonly ApplicationCommandOptionChoiceData<string>[] {
  const wanted = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  const placeIn = (starter: string) => starter.toLowerCase().indexOf(wanted);
  const fitting = starters.filter((starter) => placeIn(starter) >= 0);
  const first = fitting.filter((starter) => placeIn(starter) === 0);
  const others = fitting.filter((starter) => placeIn(starter) > 0);
  return [...first, ...others].slice(0, mostChoices).map((starter) => ({ name: starter, value: starter }));
}
