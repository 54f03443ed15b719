// Simplified Chinese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const zh = translate(en, {
  againButton: '再来一次',
  askButton: '提问',
  continueButton: '在子区里继续',
  deleteButton: '删除',
  forgetMeButton: '忘记我',
  forgetServerButton: '忘记这个服务器',
  keepButton: '保留',
  anotherPicturePlaceholder: '看另一张图片',
  pictureNumber: '图片 {number}',
  frameNote: '我看的是第 {number} 帧，共 {all} 帧。',
  placeNote: '我看的是第 {number} 张图片，共 {all} 张。',
  stillNote: '我看的是代表这个视频的静止画面。',
  avatarNote: '我看的是 {person} 的头像。',
  serverAvatarNote: '我看的是 {person} 在这个服务器上的头像。',
  defaultAvatarNote: '{person} 没有设置头像，所以我看的是 Discord 给的默认头像。',
  silent: '*我说不出来。请换个方式问。*',
  sameAgain: '再问一次，我的回答还是一样。',
  memoryFails: '*我的记忆出了故障：可能不知道之前说过什么，也记不住这次的内容。请告诉运营者。*',
  memorySlides: '从这里起，我不再记得最早的 {count} 个问题。',
  newPicture: '新图片：请提问。',
  openingThread: '正在开子区…',
  threadOpened: '我们到 {thread} 里聊吧。',
  threadThere: '这张图片已经有子区：{thread}。在那里提问时请提及我。',
  threadName: '关于这张图片',
  howToChat: '请就这张图片提问：直接写就行，不用提及我。在这里发另一张图片，就改聊那一张。',
  howToChatByMention: '请就这张图片提问：每条消息都要提及我。在这里发另一张图片，就改聊那一张。',
});
