// A caption that was begun by whoever asked: the model goes on where their words end, and does not repeat them.
import type { OnProgress } from '../conversation/conversations.ts';

/** What takes no more fits into the custom ids and menus that make such a caption anew. */
export const maxPromptCharacters = 80;

export function begun(prompt: string | undefined, text: string): string {
  return prompt && text ? `${prompt} ${text}` : text;
}

/** Tells what is written of a caption with the words that began it. */
export function tellBegun(prompt: string | undefined, onProgress: OnProgress): OnProgress {
  return (progress) =>
    onProgress(
      progress.stage === 'writing' ? { ...progress, text: begun(prompt, progress.text.trim()) } : progress,
    );
}
