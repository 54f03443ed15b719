// The bot's own memory for one image at the command line: kept nowhere, forgotten at the end.
import { createHash } from 'node:crypto';
import type { Answer } from '../../conversation/conversations.ts';
import type { Backend, FramePlace } from '../../models/backend.ts';
import type { CliIo } from './cli-io.ts';
import { type CliConfig, configure, type ModelOptions, openModel } from './model-options.ts';
import { readImage } from './read-image.ts';
import { tellDevice } from './tell-device.ts';
import { tellFrame } from './tell-frame.ts';

export interface ImageTalk {
  /** The next turn. */
  ask(question: string, signal?: AbortSignal): Promise<Answer>;
  caption(prompt?: string): Promise<string>;
}

/** Opens the image and the model, lets `work` talk, and closes them again. */
export async function talkAbout(
  file: string,
  options: ModelOptions,
  io: CliIo,
  work: (talk: ImageTalk) => Promise<void>,
  open: (config: CliConfig) => Promise<Backend> = openModel,
): Promise<void> {
  const image = await readImage(file, io);
  const config = configure(options, io);
  const modules = Promise.all([
    import('../open-conversations.ts'),
    import('../../conversation/store.ts'),
    import('../log.ts'),
  ]);
  const backend = await open(config);
  try {
    tellDevice(backend.info.device, io);
    const [{ openConversations }, { openStore }, { openLog }] = await modules;
    const { windowTokens, answerTokens, logLevel } = config;
    const store = openStore('memory:');
    const log = openLog({ level: logLevel === 'info' ? 'warn' : logLevel });
    const conversations = openConversations({ backend, store, windowTokens, answerTokens, log });
    const hash = createHash('sha256').update(image).digest('hex');
    const about = {
      image: { channelId: 'terminal', messageId: hash, attachmentId: hash },
      fetchImage: async () => image,
    };
    const tell = once((frame: FramePlace) => tellFrame(frame, io));
    await work({
      async ask(question, signal) {
        const request = { ...about, question, askedBy: 'terminal', ...(signal && { signal }) };
        const answer = await conversations.ask('terminal', request);
        tell(answer.frame);
        return answer;
      },
      async caption(prompt) {
        const request = { ...about, ...(prompt !== undefined && { prompt }) };
        const { text, frame } = await conversations.caption(request);
        tell(frame);
        return text;
      },
    });
    await store.close();
  } finally {
    await backend.close();
  }
}

/** All of a talk is about one frame. */
function once<Value>(tell: (value: Value) => void): (value: Value | undefined) => void {
  let isTold = false;
  return (value) => {
    if (value === undefined || isTold) return;
    isTold = true;
    tell(value);
  };
}
