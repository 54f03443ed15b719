// A caption that was begun by whoever asked: the model goes on where their words end, and does not repeat them.
import { crc32 } from 'node:zlib';
import type { OnProgress } from '../conversation/conversations.ts';
import { shownText } from './plain-text.ts';

export const maxPromptCharacters = 300;

/** What takes no more fits into the custom ids and menus that make such a caption anew, also beside the key of a preview. */
const mostHeld = 76;

export function begun(prompt: string | undefined, text: string): string {
  return prompt && text ? `${prompt} ${text}` : text;
}

/** What custom ids and menus hold of a beginning: of a long one only how to know it, as the answer begins with it. */
export function heldPrompt(prompt: string): string {
  return prompt.length <= mostHeld ? prompt : `~${prompt.length}:${crc32(prompt).toString(16)}`;
}

/**
 * @param answer what its first message shows
 * @returns undefined where a long beginning is not there any more, as where the model said nothing
 */
export function promptHeld(held: string, answer: string): string | undefined {
  const [, length] = /^~(\d{2,3}):[0-9a-f]{1,8}$/.exec(held) ?? [];
  if (length === undefined) return held;
  const prompt = shownText(answer).slice(0, Number(length));
  return heldPrompt(prompt) === held ? prompt : undefined;
}

/** Tells what is written of a caption with the words that began it. */
export function tellBegun(prompt: string | undefined, onProgress: OnProgress): OnProgress {
  return (progress) =>
    onProgress(
      progress.stage === 'writing' ? { ...progress, text: begun(prompt, progress.text.trim()) } : progress,
    );
}
