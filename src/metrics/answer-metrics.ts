// What becomes of questions: counted as the conversations and the dispatcher tell of it.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AnswerEnd } from '../../conversation/answer-end.ts';
import type { Answer, Caption, Conversations } from '../../conversation/conversations.ts';
import { isTold } from '../told.ts';
import { SECONDS } from './buckets.ts';

export interface AnswerMetrics {
  readonly onAnswerEnd: (end: AnswerEnd) => void;
  /** As in FeatureCacheOptions. */
  readonly onLook: (isKnown: boolean) => void;
  /** @param reason the key of the sentence that somebody was told */
  readonly onRefusal: (reason: string) => void;
  /** @param conversations whose pace is told from now on */
  watch(conversations: Pick<Conversations, 'pace'>): void;
}

const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function answerMetrics(registry: Registry): AnswerMetrics {
  const registers = [registry];
  const answers = new Counter({
    name: 'blipcord_answers_total',
    help: 'Questions and captions by what became of them; called_off: deleted or edited meanwhile, or the bot stopped.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'blipcord_answer_seconds',
    help: 'From a question to its answer, waiting and fetching the picture included.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const window = new Histogram({
    name: 'blipcord_window_used_ratio',
    help: 'Share of the token window that picture, turns and question took.',
    buckets: SHARES,
    registers,
  });
  const droppedTurns = new Counter({
    name: 'blipcord_turns_dropped_total',
    help: 'Turns that the window held no longer.',
    registers,
  });
  const pictures = new Counter({
    name: 'blipcord_pictures_total',
    help: 'Pictures that were looked at, by whether what the model saw in them was kept.',
    labelNames: ['features'],
    registers,
  });
  const refusals = new Counter({
    name: 'blipcord_refusals_total',
    help: 'Sentences that told people why not, by their key; wentWrong: an incident, which the log has.',
    labelNames: ['reason'],
    registers,
  });

  return {
    onAnswerEnd({ kind, tookMs, made, error }) {
      answers.inc({ kind, outcome: outcomeOf(made, error) });
      if (made === undefined) return;
      seconds.observe({ kind }, tookMs / 1000);
      if (!isAnswer(made)) return;
      window.observe(made.promptTokens / made.windowTokens);
      droppedTurns.inc(made.newlyDroppedTurns);
    },
    onLook: (isKnown) => pictures.inc({ features: isKnown ? 'kept' : 'encoded' }),
    onRefusal: (reason) => refusals.inc({ reason }),
    watch({ pace }) {
      new Gauge({
        name: 'blipcord_answers_under_way',
        help: 'Being made, or waiting for their turn.',
        registers,
        collect() {
          this.set(pace.underWay);
        },
      });
    },
  };
}

function outcomeOf(made: Caption | undefined, error: unknown): string {
  if (error !== undefined) {
    if (isTold(error)) return 'refused';
    return isAbort(error) ? 'called_off' : 'failed';
  }
  if (made === undefined) return 'called_off';
  return made.text === '' ? 'empty' : 'answered';
}

const isAnswer = (made: Caption): made is Answer => 'windowTokens' in made;

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';
