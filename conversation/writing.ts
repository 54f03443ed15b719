// Hears as a LangChain handler what a model writes, token by token.
import type { CallbackHandlerMethods } from '@langchain/core/callbacks/base';
import type { OnProgress } from './conversations.ts';

/** For one answer: tells all of its text so far. */
export function tellWriting(onProgress: OnProgress): CallbackHandlerMethods {
  let text = '';
  return {
    handleLLMNewToken(token) {
      text += token;
      onProgress({ stage: 'writing', text });
    },
  };
}
