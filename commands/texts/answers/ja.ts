// Japanese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const ja = translate(en, {
  againButton: 'もう一度',
  askButton: '質問する',
  continueButton: 'スレッドで続ける',
  deleteButton: '削除',
  forgetMeButton: '自分の分を忘れさせる',
  forgetServerButton: 'このサーバーを忘れさせる',
  keepButton: 'そのまま残す',
  anotherPicturePlaceholder: '別の画像を見る',
  pictureNumber: '画像 {number}',
  frameNote: '{all} フレームのうち {number} フレーム目を見ました。',
  unreadableNote: '{all} 枚のうち {number} 枚目の画像は読み込めませんでした。',
  placeNote: '{all} 枚のうち {number} 枚目の画像を見ました。',
  stillNote: '動画の代わりに表示される静止画を見ました。',
  machineMade: '機械による説明：{text}',
  avatarDescription: '{person} のアバター',
  askPlaceholder: '英語が確実です：What is this?',
  avatarNote: '{person} のアバターを見ました。',
  serverAvatarNote: '{person} のこのサーバーでのアバターを見ました。',
  defaultAvatarNote: '{person} はアバターを設定していないので、Discord の既定のアバターを見ました。',
  silent: '*うまく言葉になりません。別の聞き方をしてみてください。*',
  sameAgain: 'もう一度聞かれても、答えは同じです。',
  memoryFails:
    '*記憶がうまく働いていません。前の話を覚えていない可能性があり、この話も覚えられません。ボットの運営者に伝えてください。*',
  memorySlides: 'ここから先は、最初の質問 {count} 件を覚えていません。',
  newPicture: '新しい画像です。質問をどうぞ。',
  openingThread: 'スレッドを開いています…',
  threadOpened: '{thread} で話しましょう。',
  threadThere: 'この画像にはもうスレッドがあります：{thread}。そこで質問するときはメンションしてください。',
  threadName: 'この画像について',
  howToChat:
    'この画像について質問してください。メンションは要りません。別の画像を投稿すると、その画像の話になります。',
  howToChatByMention:
    'この画像について質問してください。毎回メンションしてください。別の画像を投稿すると、その画像の話になります。',
});
