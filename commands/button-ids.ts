// The custom ids of the buttons under an answer, all of whose state is in them: at most 100 characters, as Discord has it.
import type { SceneImage } from '../conversation/conversations.ts';
import { heldPrompt } from './begun.ts';
import { pictureInId } from './picture-in-id.ts';

export const againButtonId = 'again';
export const askButtonId = 'ask';
export const continueButtonId = 'continue';
export const deleteButtonId = 'delete';

const caption = 'caption';

/** What "Again" makes anew; of a prompt, what is held of it. */
export type Repeated = { readonly turnId: string } | { readonly prompt: string };

/** @param turnId absent for a caption */
export function againId({ turnId, prompt = '' }: { turnId?: string; prompt?: string }): string {
  return `${againButtonId}:${turnId ?? `${caption}:${heldPrompt(prompt)}`}`;
}

export function readAgainId(customId: string): Repeated {
  const [, what = '', ...prompt] = customId.split(':');
  return what === caption ? { prompt: prompt.join(':') } : { turnId: what };
}

/** @param image absent where it hangs on the answer itself */
export function askId(image?: SceneImage): string {
  return `${askButtonId}${image ? pictureInId(image) : ''}`;
}

/** Who may delete what an answer shows, and which turn goes with it. */
export interface Deletable {
  readonly askerId: string;
  /** Absent for a caption. */
  readonly turnId?: string;
  /** Whose picture the answer holds, where that is somebody else. */
  readonly posterId?: string;
}

export function deleteId({ askerId, turnId = '', posterId = '' }: Deletable): string {
  return `${deleteButtonId}:${askerId}:${turnId}:${posterId}`.replace(/:+$/, '');
}

export function readDeleteId(customId: string): Deletable {
  const [, askerId = '', turnId, posterId] = customId.split(':');
  return { askerId, ...(turnId && { turnId }), ...(posterId && { posterId }) };
}
