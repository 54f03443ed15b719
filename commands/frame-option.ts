// The option that says which frame of an animation is meant, and what it offers while one types.
import type { ApplicationCommandOptionChoiceData, ChatInputCommandInteraction } from 'discord.js';
import type { FrameChoice } from '../models/backend.ts';
import { readFrame } from './named-frame.ts';

const offeredFirst = ['first', 'middle', 'last'];

/** @throws UserError for what names no frame */
export function frameAsked({ options }: ChatInputCommandInteraction): FrameChoice | undefined {
  const given = options.getString('frame');
  return given ? readFrame(given) : undefined;
}

export function offeredFrames(typed: string): readonly ApplicationCommandOptionChoiceData<string>[] {
  const wanted = typed.trim().toLowerCase();
  const digits = /^(\d{1,6})%?$/.exec(wanted)?.[1];
  if (digits === undefined) {
    return offeredFirst
      .filter((word) => word.startsWith(wanted))
      .map((word) => ({ name: word, value: word }));
  }
  const number = Number(digits);
  const share = number <= 100 ? [{ name: `${number}%`, value: `${number}%` }] : [];
  return number === 0 ? share : [{ name: `frame ${number}`, value: String(number) }, ...share];
}
