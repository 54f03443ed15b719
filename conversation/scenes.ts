// The scenes of one conversation: the live one is about the newest image, the others wait for replies to old talk.
import type { ConversationRecord, Scene, SceneImage, Turn } from './conversations.ts';
import { splitFrame } from './frames.ts';
import { isNewer } from './message-order.ts';

/** How many scenes are kept beside the live one. */
const MOST_EARLIER = 9;

/** The live scene first. */
export function scenesOf(record: ConversationRecord | undefined): readonly Scene[] {
  if (!record) return [];
  const { earlier = [], ...live } = record;
  return [live, ...earlier];
}

export function sceneAbout(record: ConversationRecord | undefined, image: SceneImage): Scene | undefined {
  return scenesOf(record).find((scene) => isSame(scene.image, image));
}

/** The scene in which a message asked, as far as its turn is kept. */
export function sceneAskedIn(record: ConversationRecord | undefined, messageId: string): Scene | undefined {
  return scenesOf(record).find(({ turns }) => turns.some((turn) => turn.messageId === messageId));
}

export function turnAskedBy(scene: Scene | undefined, messageId: string): Turn | undefined {
  return scene?.turns.find((turn) => turn.messageId === messageId);
}

/** The scene with a turn as `change` makes it; the very scene where it holds no such turn. */
export function withTurn(scene: Scene, messageId: string, change: (turn: Turn) => Turn): Scene {
  if (!turnAskedBy(scene, messageId)) return scene;
  return {
    ...scene,
    turns: scene.turns.map((turn) => (turn.messageId === messageId ? change(turn) : turn)),
  };
}

/** Without what is bound to messages that are gone; undefined where the image was on one of them. */
export function withoutMessages(scene: Scene, gone: ReadonlySet<string>): Scene | undefined {
  if (gone.has(scene.image.messageId)) return undefined;
  return withoutTurns(scene, ({ messageId, answerIds = [] }) =>
    [messageId ?? [], ...answerIds].flat().some((id) => gone.has(id)),
  );
}

/**
 * Whether an image was taken off its message. What can't be taken off one, as a sticker, never is.
 * @param left the keys of the files and the links' previews on the message now
 */
export function isTakenOff(
  { attachmentId }: Pick<SceneImage, 'attachmentId'>,
  left: ReadonlySet<string>,
): boolean {
  const { key } = splitFrame(attachmentId);
  return /^(\d+|embed:[0-9a-f]{16})$/.test(key) && !left.has(key);
}

/** The very scene where none of its turns is meant. */
export function withoutTurns(scene: Scene, isMeant: (turn: Turn) => boolean): Scene {
  const { turns, forgottenTurns = 0, droppedTurns = 0 } = scene;
  const left = turns.filter((turn) => !isMeant(turn));
  if (left.length === turns.length) return scene;
  // Those that people know to be forgotten are counted as well, and fewer are left of them.
  const dropped = turns.slice(0, Math.max(0, droppedTurns - forgottenTurns)).filter(isMeant).length;
  return { ...scene, turns: left, ...(dropped > 0 && { droppedTurns: droppedTurns - dropped }) };
}

/** The record with a scene as it is now. Of those that aren't live, the ones that were talked in last are kept. */
export function withScene(record: ConversationRecord | undefined, scene: Scene): ConversationRecord {
  return recordOf([scene, ...scenesOf(record).filter(({ image }) => !isSame(image, scene.image))]);
}

/** Each scene as `change` makes it, without those of which it makes nothing; undefined when none is left. */
export function withChanged(
  record: ConversationRecord,
  change: (scene: Scene) => Scene | undefined,
): ConversationRecord | undefined {
  const before = scenesOf(record);
  const [first, ...others] = before.flatMap((scene) => change(scene) ?? []);
  return first && recordOf([first, ...others]);
}

function recordOf(scenes: readonly [Scene, ...Scene[]]): ConversationRecord {
  const live = scenes.reduce(newerOf);
  const earlier = scenes.filter((other) => other !== live).slice(0, MOST_EARLIER);
  return earlier.length === 0 ? live : { ...live, earlier };
}

function newerOf(one: Scene, other: Scene): Scene {
  return isNewer(other.image.messageId, one.image.messageId) ? other : one;
}

function isSame(one: SceneImage, other: SceneImage): boolean {
  return (
    one.channelId === other.channelId &&
    one.messageId === other.messageId &&
    one.attachmentId === other.attachmentId
  );
}
