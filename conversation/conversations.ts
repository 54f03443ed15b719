// A memory for each conversation: which image it is about, the turns so far, and how the next question is answered.
import type { FramePlace, GenerationOptions, ModelInfo, RequestProgress } from '../models/backend.ts';
import type { Pace } from './pace.ts';

/** What a conversation is bound to. */
export interface SceneImage {
  readonly channelId: string;
  readonly messageId: string;
  /** Of the file or what else carries it, and of which frame: see frames.ts. */
  readonly attachmentId: string;
  /** Who posted it, and on which server, as far as that was known when the scene began. */
  readonly authorId?: string;
  readonly guildId?: string;
}

export interface Turn {
  readonly question: string;
  readonly answer: string;
  readonly askedBy: string;
  /** The message that asked; turns from before it was kept have none. */
  readonly messageId?: string;
  /** The messages that show the answer, once they are known. */
  readonly answerIds?: readonly string[];
  /** When the turn was kept (ISO 8601). */
  readonly at: string;
}

/** The talk about one image. */
export interface Scene {
  readonly image: SceneImage;
  /** SHA-256 of the image file, and the frame where one was asked for, once it was fetched. */
  readonly imageHash?: string;
  /** The newest turns, as many as the window could hold beside the shortest question. */
  readonly turns: readonly Turn[];
  /** How many older turns of this scene are kept no longer. */
  readonly forgottenTurns?: number;
  /** Without how many of the first turns an answer was made, at most: so many, people were told, are forgotten. */
  readonly droppedTurns?: number;
}

/** What is kept of one conversation; one record, written whole: the live scene, about the newest image, and others. */
export interface ConversationRecord extends Scene {
  /** Scenes about older images, last talked in first. */
  readonly earlier?: readonly Scene[];
}

export interface Answer {
  /** Empty when the model said nothing, which happens: say so. Then no turn is kept. */
  readonly text: string;
  /** The exact prompt that went to the model. */
  readonly prompt: string;
  /** Query tokens + BOS + prompt. */
  readonly promptTokens: number;
  readonly windowTokens: number;
  /** Turns that the window no longer held for this answer. */
  readonly droppedTurns: number;
  /** How many of those no answer before this one was made without. */
  readonly newlyDroppedTurns: number;
  /** How likely the model found each token of its answer, on average (geometric mean), from 0 to 1. */
  readonly confidence: number;
  /** False where the store failed: turns from before may be missing in the prompt, and this one is not kept. */
  readonly isRemembered: boolean;
  /** Of an animation, the frame that it is about. */
  readonly frame?: FramePlace;
}

/** What would go to the model, were a question asked now. */
export interface MemoryView {
  readonly image: SceneImage;
  /** All that are kept, oldest first. */
  readonly turns: readonly Turn[];
  /** How many of them, the newest ones, fit beside the question. */
  readonly turnsInPrompt: number;
  /** How many older ones are kept no longer. */
  readonly forgottenTurns: number;
  /** The exact prompt, with the question. */
  readonly prompt: string;
  /** Query tokens + BOS + prompt. */
  readonly promptTokens: number;
  /** Query tokens + BOS. */
  readonly imageTokens: number;
  /** What stays free for the answer in the same window. */
  readonly answerTokens: number;
  readonly windowTokens: number;
  /** False where the store failed. */
  readonly isRemembered: boolean;
}

/** How far an answer is that is being made. */
export type AnswerProgress =
  /** It waits for the model to be started anew, or for its turn. */
  | Exclude<RequestProgress, { stage: 'working' }>
  /** Its picture is being fetched, or encoded. */
  | { readonly stage: 'looking' }
  /** The model reads. */
  | { readonly stage: 'thinking' }
  /** All of its text so far. */
  | { readonly stage: 'writing'; readonly text: string };

/** Hears of it as often as it changes; must not throw. */
export type OnProgress = (progress: AnswerProgress) => void;

export interface AskRequest {
  readonly question: string;
  readonly askedBy: string;
  /** The message that asks. Ids tell what came first: the longer or, of two as long, the greater one is newer. */
  readonly messageId?: string;
  /** The image to talk about: its scene goes on, or begins. The one about the newest image is live. */
  readonly image: SceneImage;
  /** Called only when no cached features serve. Returns undefined when the image is gone. */
  readonly fetchImage: () => Promise<Uint8Array | undefined>;
  /**
   * Its message was edited: it is answered as after the turns before it, and its turn takes the place of what the message
   * began, in whatever scene that was.
   */
  readonly isEdited?: true;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export type ChangeScene = (scene: Scene, conversationId: string) => Scene | undefined;

export interface ChangedScene {
  readonly conversationId: string;
  readonly before: Scene;
  /** Undefined where it was removed. */
  readonly after: Scene | undefined;
}

/** A turn and where it is kept. */
export interface TurnPlace {
  readonly conversationId: string;
  readonly image: SceneImage;
  readonly turn: Turn;
}

export interface ReanswerRequest {
  /** In place of the one that the turn has. */
  readonly question?: string;
  /** How the answer's tokens are chosen; by default the likeliest are. */
  readonly sampling?: GenerationOptions;
  /** As in AskRequest, for the image that the turn is about. */
  readonly fetchImage: (image: SceneImage) => Promise<Uint8Array | undefined>;
  /** Whoever wants it anew; by default who asked. */
  readonly askedBy?: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface Caption extends Pick<Answer, 'confidence'> {
  /** Empty when the model said nothing. */
  readonly text: string;
  /** Of an animation, the frame that it is about. */
  readonly frame?: FramePlace;
}

export interface CaptionRequest {
  readonly image: SceneImage;
  readonly fetchImage: () => Promise<Uint8Array | undefined>;
  /** Begins the caption, as in "this is a cartoon of": passed on without the template, and not repeated in the caption. */
  readonly prompt?: string;
  /**
   * The conversation that is bound to the image once that has its caption, as by `begin`: an image that can't be read
   * leaves it as it is. So does one whose scene was forgotten meanwhile.
   */
  readonly beginsIn?: string;
  /** Whoever asks: when many ask at once, people take turns. */
  readonly askedBy?: string;
  /** As in ReanswerRequest. */
  readonly sampling?: GenerationOptions;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface Conversations {
  readonly model: ModelInfo;
  readonly pace: Pace;
  /**
   * Questions of one conversation are answered in the order they came, those of different ones side by side.
   * An aborted or failed answer leaves no turn.
   * @throws ConversationError (safe to show) for a question that is empty or can't fit, one too many that wait in the
   * conversation, or an image that is gone
   * @throws ImageError (safe to show) for an image that can't be read
   * @throws the signal's reason when aborted
   */
  ask(conversationId: string, request: AskRequest): Promise<Answer>;
  /**
   * What the model says of an image by itself, or after `prompt`. No turn.
   * @throws as `ask` does
   */
  caption(request: CaptionRequest): Promise<Caption>;
  /**
   * Binds a conversation to an image; one that it wasn't about yet starts a new scene without turns. Where the live
   * scene is about a newer image, nothing changes.
   * @param from a conversation about the same image, whose turns a scene that has none yet takes over, with that of
   * the answer that is being made
   */
  begin(conversationId: string, image: SceneImage, from?: string): Promise<void>;
  /** Takes back the turn that a message has begun, wherever it is: its answer reached nobody, or it asks nothing any more. */
  retract(messageId: string): Promise<void>;
  /** Notes which messages show the answer to a message's question, so that they lead to its turn as well. */
  noteAnswer(messageId: string, answerIds: readonly string[]): Promise<void>;
  /** The turn that a message began, or whose answer it shows. Undefined also where the store fails, which is logged. */
  turnOf(messageId: string): Promise<TurnPlace | undefined>;
  /**
   * Answers a question once more, as it was asked after the turns before it, and puts question and answer in the place
   * of what its turn held; turns after it stay. An empty answer removes the turn.
   * @param messageId the message that began the turn
   * @returns undefined where the turn is kept no longer
   * @throws as `ask` does
   */
  reanswer(messageId: string, request: ReanswerRequest): Promise<Answer | undefined>;
  /**
   * Removes what messages that are gone had a part in: the turns that they began or whose answers they showed, and the
   * scenes about images on them. Answers under way are waited for, as in `changeScenes`.
   * @throws StoreError
   */
  forgetMessages(messageIds: readonly string[]): Promise<readonly ChangedScene[]>;
  /**
   * Removes the scenes about pictures that were taken off a message, as `forgetMessages` does.
   * @param left the keys of the files and the links' previews that are still on it
   * @throws StoreError
   */
  forgetFiles(messageId: string, left: ReadonlySet<string>): Promise<readonly ChangedScene[]>;
  /**
   * What the model would read if `question` (by default the shortest there is) were asked about an image now. Changes
   * nothing.
   * @throws ConversationError (safe to show) for a question that can't fit
   */
  preview(conversationId: string, image: SceneImage, question?: string): Promise<MemoryView>;
  /** Undefined also where the store fails, which is logged. */
  recall(conversationId: string): Promise<ConversationRecord | undefined>;
  /**
   * All that is kept; a damaged record is left out.
   * @throws StoreError
   */
  records(): AsyncIterable<readonly [conversationId: string, record: ConversationRecord]>;
  /**
   * Puts in the place of every kept scene what `change` makes of it; undefined removes it. Answers under way are waited
   * for, so that none of them brings back what was changed.
   * @param change returns the scene itself where nothing is to be changed
   * @throws StoreError
   */
  changeScenes(change: ChangeScene): Promise<readonly ChangedScene[]>;
  /** Deletes records that were set aside as unreadable and have one of these words in their name or text. @throws StoreError */
  forgetUnreadable(words: readonly string[]): Promise<void>;
  /** Forgets what the model saw in an image. @throws StoreError */
  forgetImage(imageHash: string): Promise<void>;
}
