// What people are told about their questions, in English; by their keys others may say it in other languages.
import { sayings } from '../models/saying.ts';

export const problems = {
  noQuestion: 'There is no question. Ask one about the image, such as "What is in the picture?".',
  imageGone: 'That image is gone. Post it again and ask about the new message.',
  questionTooLong:
    'That is {tokens} tokens long, and at most {most} fit beside the image. Say it in fewer words.',
  yourQuestionsWait: 'I still have {own} questions of yours here. Ask again when they are answered.',
  questionsWait: 'I still have {all} questions to answer here. Ask again in a while.',
} as const;

export const problem = sayings(problems);
