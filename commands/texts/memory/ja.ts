// Japanese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const ja = translate(en, {
  memoryHeading: '**[この画像]({link})について覚えていること**',
  memoryFullness: '{used} / {all} トークン',
  memoryShares: 'そのうち画像が {picture}、言葉が {words} です。',
  memorySharesWithRoom:
    'そのうち画像が {picture}、言葉が {words} です。ほかに {room} を答えのために空けています。',
  nothingAsked: 'まだ何も質問されていません。',
  noLongerKept: '最初の質問 {count} 件は、もう保存されていません。',
  struckOut: '取り消し線の部分は、この質問と一緒には入りきりません。',
  readsNext: '**次に読む内容**（画像の後）：',
  readsNextInFile: '次に読む内容（画像の後）はファイルにあります。',
  nothingToForget: '忘れるものはありませんでした。',
  forgotten: '{conversations}の{questions}と、{pictures}で見たものを忘れました。',
  ofQuestions: '質問 {count} 件',
  ofConversations: '会話 {count} 件',
  ofPictures: '画像 {count} 枚',
  ofAnswers: '答え {count} 件',
  keptAsItIs: 'すべてそのままにしておきます。',
  forgetServerQuestion:
    'このサーバーで話しかけられたことすべて（誰の質問でも）と、画像で見たものを忘れますか？元には戻せません。',
  forgetMeHereQuestion:
    'このサーバーとダイレクトメッセージでのあなたの質問と答え、そして、ほかの誰も質問していないあなたの画像で見たものを忘れますか？元には戻せません。',
  forgetMeEverywhereQuestion:
    'すべてのサーバーとダイレクトメッセージでのあなたの質問と答え、そして、ほかの誰も質問していないあなたの画像で見たものを忘れますか？元には戻せません。',
  picturesLeftAlone:
    'あなたの画像には触れません。誰に頼まれても、取得も保存もしません。`/privacy {option}:` で元に戻せます。',
  removedOfYours: '保存していた{pictures}分の内容と、それについての{answers}を削除しました。',
  looksAgain:
    'またあなたの画像を見ます。質問されたときと、すべての画像を見るよう設定したサーバーで見ます。`/privacy` でいつでも元に戻せます。',
  looksWhenAsked:
    '質問されたときと、すべての画像を見るよう設定したサーバーで、あなたの画像を見ます。`/privacy {option}:` で見せないようにできます。',
  keptAboutYou: 'あなたについて保存している内容：',
  keptPictures: 'モデルがあなたの{pictures}で見たもの（数値だけで、画像そのものは保存しません）。30 日間',
  keptAboutPictures: 'あなたの画像についての質問 {count} 件と、その答え',
  keptAsked: 'あなたの質問 {count} 件と、その答え',
  keptAnswered: 'あなたのどのメッセージに答えたか（1 時間）。上限のある所では回数も',
  keptHowLong:
    '質問は、その質問や答え、画像が削除されるか、サーバーの設定で一定の日数がたつか、`/forget` を使うまで残ります。',
  keptLanguage: 'あなたの Discord の言語（その言語で書くため）',
});
