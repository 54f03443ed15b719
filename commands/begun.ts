// A caption that was begun by whoever asked: the model goes on where their words end, and does not repeat them.

/** What takes no more fits into the custom ids and menus that make such a caption anew. */
export const maxPromptCharacters = 80;

export function begun(prompt: string | undefined, text: string): string {
  return prompt && text ? `${prompt} ${text}` : text;
}
