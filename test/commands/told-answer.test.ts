import { describe, expect, it } from 'vitest';
import { toldAnswer, toldCaption } from '../../commands/told-answer.ts';
import type { Answer } from '../../conversation/conversations.ts';

const image = { channelId: '10', messageId: '11', attachmentId: '12' };
const answer = (confidence: number, text = 'a rocket'): Answer => ({
  text,
  confidence,
  prompt: '',
  promptTokens: 1,
  windowTokens: 512,
  droppedTurns: 0,
  newlyDroppedTurns: 0,
  isRemembered: true,
});

describe('an answer and a caption', () => {
  const tellings = [
    (confidence: number, locale: string, text?: string) =>
      toldAnswer({ answer: answer(confidence, text), image, locale }),
    (confidence: number, locale: string, text?: string) =>
      toldCaption(answer(confidence, text), locale, image),
  ];

  it.each(tellings)('say where the model is not sure, in the language of whoever reads it', (tell) => {
    expect(tell(0.79, 'en-US')).toBe("a rocket\n-# I'm not sure of this.");
    expect(tell(0.79, 'de')).toBe('a rocket\n-# Da bin ich mir nicht sicher.');
  });

  it.each(tellings)('say nothing of it where the model is sure, or has no words', (tell) => {
    expect(tell(0.81, 'en-US')).toBe('a rocket');
    expect(tell(0.5, 'en-US', '')).not.toContain('not sure');
  });
});
