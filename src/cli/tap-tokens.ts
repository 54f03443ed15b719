// A backend whose answers can be watched as they are made.
import type { Backend } from '../../models/backend.ts';

/** The same backend; `onText` sees each piece of text that `generate` yields. */
export function tapTokens(backend: Backend, onText: (text: string) => void): Backend {
  return {
    info: backend.info,
    countPromptTokens: (prompt) => backend.countPromptTokens(prompt),
    promptIds: (prompt) => backend.promptIds(prompt),
    encodeImage: (image, options) => backend.encodeImage(image, options),
    close: () => backend.close(),
    async *generate(request) {
      const tokens = backend.generate(request);
      while (true) {
        const step = await tokens.next();
        if (step.done) return step.value;
        onText(step.value.text);
        yield step.value;
      }
    },
  };
}
