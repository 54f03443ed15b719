// Everything a person can use by name; the program looks them up here.
import { again } from './again.ts';
import { ask } from './ask.ts';
import { askAboutImage } from './ask-about-image.ts';
import { askButton } from './ask-button.ts';
import { askForm } from './ask-form.ts';
import { caption } from './caption.ts';
import { captionImage } from './caption-image.ts';
import { chat } from './chat.ts';
import { choosePicture } from './choose-picture.ts';
import type { Button, Command, Form, MessageCommand, SelectMenu } from './command.ts';
import { continueInThread } from './continue-in-thread.ts';
import { deleteAnswer } from './delete-answer.ts';
import { describeImage } from './describe-image.ts';
import { forget } from './forget.ts';
import { forgetButton } from './forget-button.ts';
import { helpCommand } from './help.ts';
import { memory } from './memory.ts';
import { privacy } from './privacy.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';

export const messageCommands: readonly MessageCommand[] = [captionImage, askAboutImage, describeImage];

const helped: readonly Command[] = [ask, caption, chat, forget, memory, privacy, settings, status];

export const commands: readonly Command[] = [...helped, helpCommand(helped, messageCommands)];

export const buttons: readonly Button[] = [again, askButton, continueInThread, deleteAnswer, forgetButton];

export const selectMenus: readonly SelectMenu[] = [choosePicture];

export const forms: readonly Form[] = [askForm];
