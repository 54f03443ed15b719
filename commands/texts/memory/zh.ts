// Simplified Chinese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const zh = translate(en, {
  memoryHeading: '**我记得的关于[这张图片]({link})的内容**',
  memoryFullness: '{used} / {all} 个词元',
  memoryShares: '其中图片占 {picture} 个，文字占 {words} 个。',
  memorySharesWithRoom: '其中图片占 {picture} 个，文字占 {words} 个；另有 {room} 个留给回答。',
  nothingAsked: '还没有人问过它。',
  noLongerKept: '最早的 {count} 个问题已不再保存。',
  struckOut: '划掉的内容在这个问题旁边已放不下。',
  readsNext: '**接下来我会读的内容**（在图片之后）：',
  readsNextInFile: '接下来我会读的内容（在图片之后）在文件里。',
  nothingToForget: '没有什么可忘记的。',
  forgotten: '我忘记了{conversations}里的{questions}，以及在{pictures}里看到的内容。',
  ofQuestions: ' {count} 个问题',
  ofConversations: ' {count} 段对话',
  ofPictures: ' {count} 张图片',
  ofAnswers: ' {count} 个回答',
  keptAsItIs: '我保留一切不变。',
  forgetServerQuestion:
    '要我忘记在这个服务器上对我说过的一切（不论谁问的），以及在图片里看到的内容吗？这无法撤销。',
  forgetMeHereQuestion:
    '要我忘记你在这个服务器和我们的私信里问过的问题和回答，以及在没有别人问过的你的图片里看到的内容吗？这无法撤销。',
  forgetMeEverywhereQuestion:
    '要我忘记你在所有服务器和我们的私信里问过的问题和回答，以及在没有别人问过的你的图片里看到的内容吗？这无法撤销。',
  picturesLeftAlone: '我不碰你的图片：不论谁问，我都不取也不保存。用 `/privacy {option}:` 可以撤回。',
  removedOfYours: '我删除了保存的{pictures}的内容和关于它们的{answers}。',
  looksAgain: '我会重新看你的图片：有人问到时，以及服务器让我看每张图片的地方。随时可以用 `/privacy` 撤回。',
  looksWhenAsked:
    '有人问到时，以及服务器让我看每张图片的地方，我会看你的图片。用 `/privacy {option}:` 可以不让我看。',
  keptAboutYou: '我保存的关于你的内容：',
  keptPictures: '模型在你的{pictures}里看到的内容（只是数字，从不是图片本身），保存 30 天',
  keptAboutPictures: '{count} 个关于你图片的问题和回答',
  keptAsked: '{count} 个你问过的问题和回答',
  keptAnswered: '一小时内，我回答过你的哪些消息；有限额的地方还有次数',
  keptHowLong: '问题会一直保留，直到问题、回答或图片被删除，服务器让我按时间忘记，或你使用 `/forget`。',
  keptLanguage: '你的 Discord 语言，以便用它给你写消息',
});
