// Japanese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const ja = translate(en, {
  allCommands: 'すべてのコマンド',
  helpSmallPrint: '英語で手短に答え、間違えることもあります。画像についての答えをうのみにしないでください。',
  helpInChannel: '**画像を見て、それについて話します。** このチャンネルでは：',
  helpInThread: '**このスレッドでは、その画像について話します。**',
  helpInDirect: '**画像を見て、それについて話します。** ここでは：',
  helpPost:
    '`@{bot} What is this?` と一緒に画像を投稿するか、誰かの画像に返信して {me} をメンションしてください。',
  helpReply: '答えに返信すると、続けて質問できます。その画像について話したことは覚えています。',
  helpReplyByPing: '答えに返信すると、続けて質問できます。返信の通知はオンのままにしてください。',
  helpAsk:
    '`/ask {question}: What color is it?` はここの最新の画像について質問し、`/caption` はその画像を説明します。',
  helpChat: '`/chat` はその画像のスレッドを開き、そこではどのメッセージも質問になります。',
  helpJustWrite:
    '`What is this?`、次に `What color is it?` のように、そのまま書いてください。前の質問は覚えています。',
  helpMentionAndWrite:
    'メンションを付けて、`What is this?`、次に `What color is it?` のように書いてください。前の質問は覚えています。',
  helpAnother: '別の画像を投稿すると、その話になります。前の画像に戻るには、以前の答えに返信してください。',
  helpMemory: '`/memory` は覚えていることを表示し、`/forget {what}: {conversation}` は最初からやり直します。',
  helpPostHere: '画像を投稿すると、何が写っているかを言います。',
  helpThenWrite:
    'あとは `What is this?`、`What color is it?` のように、そのまま書いてください。前の質問は覚えています。',
  helpMenus: 'メッセージのメニューの*アプリ*：{names}。',
  statusModel: '**モデル** {name}',
  statusModelPositions: '**モデル** {name}、位置数 {positions}',
  statusDevice: '**デバイス** {device}（{precision}）',
  statusNodes: '-# グラフのノード {all} 個のうち、{held} 個がこのデバイスにあります。',
  statusDeviceWeights: '**デバイス** {device}（計算は {precision}、重みは {weights}）',
  statusUnderWay: '**処理中または待機中の答え** {all}',
  statusNoAnswers: '**起動後の答え** まだありません',
  statusAnswers: '**起動後の答え** {all}、半分は {half} 秒以内（p50）、20 件中 19 件は {most} 秒以内（p95）',
  statusUpSince: '**起動** {since}',
  statusDiscord: '**Discord の遅延** {ping} ms',
  statusDiscordUnmeasured: '**Discord の遅延** まだ測定していません',
  statusMemory: '**使用中のメモリ** {mebibytes} MiB',
  hello: '**はじめまして！画像を見て、それについて話します。**',
  helloPost:
    '`@{bot} What is this?` と一緒に画像を投稿するか、`/caption`、`/ask`、`/chat` を使ってください。詳しくは `/help` で。',
  helloLacks: '次の権限がありません：{permissions}。サーバーを管理する人がこのボットのロールに許可できます。',
  permissionIn: '{channels} での{permission}',
  permissionInMore: '{channels} ほか {more} 件での{permission}',
  ownMembership: '自分自身のメンバー情報',
  helloContentOff:
    'Message Content Intent がオフなので、メンションのあるメッセージしか見えません。ボットの運営者が Developer Portal でオンにできます。',
  helloSettings:
    'サーバーを管理する人は `/settings` で、誰がどこで何回まで質問できるか、頼まれていない画像も説明するかを決められます。',
  helloPrivacy: '画像を見られたくない人は `/privacy` で設定できます。`/forget` は覚えたことを消します。',
});
