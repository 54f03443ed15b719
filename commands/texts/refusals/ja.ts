// Japanese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const ja = translate(en, {
  offInChannel:
    'このチャンネルではオフになっています。サーバーを管理する人が `/settings mode` で変更できます。',
  offOnServer: 'このサーバーではオフになっています。サーバーを管理する人が `/settings mode` で変更できます。',
  onlyForRoles:
    'ここでは {roles} のロールを持つ人にだけ答えます。サーバーを管理する人が `/settings who` で質問を許可できます。',
  onlyForSome:
    'ここでは決められた人にだけ答えます。サーバーを管理する人が `/settings who` で質問を許可できます。',
  onlyAgeRestricted: 'このサーバーでは、年齢制限チャンネルの画像だけを見ます。そちらで質問してください。',
  neverAgeRestricted:
    'このサーバーでは、年齢制限チャンネルの画像は見ません。別のチャンネルで質問してください。',
  yourAnswersUsedUp:
    'あなたへの答えは、この 1 時間の上限（{count} 件）に達しました。{when}にまた質問してください。',
  serverAnswersUsedUp:
    'このサーバーへの答えは、この 1 時間の上限（{count} 件）に達しました。{when}にまた質問してください。',
  copyNotYours:
    'これを削除できるのは、頼んだ {asker}、画像の持ち主の {poster}、メッセージを管理できる人だけです。その人に頼んでください。',
  deleteNotYours:
    'この答えを削除できるのは、質問した {asker} か、メッセージを管理できる人だけです。その人に頼んでください。',
  noServerHere: 'ここはサーバーではありません。忘れさせたいサーバーで /forget を使ってください。',
  serverNotYours:
    'サーバー全体を忘れさせられるのは、サーバーを管理できる人だけです。その人に頼むか、自分の分だけなら「{mine}」を選んでください。',
  settingsWithoutServer: '設定はサーバーごとのものです。サーバーで /settings を使ってください。',
  threadsImpossible:
    '{channel} のメッセージには個別のスレッドを作れません(スレッド、フォーラム、ボイスチャンネルも同様です)。そこでは「{choice}」を選ぶか、テキストチャンネルで設定してください。',
  quotaWithoutNumber: '`{person}`、`{server}`、またはその両方に数を指定してください。',
  nobodyNamed: '`{role}` か `{person}` を指定してください。',
  lacksPermissions:
    'ここでは次の権限がありません：{permissions}。サーバーを管理する人がこのボットのロールに許可できます。',
  deniedAccess:
    'Discord にアクセスを拒否されました。サーバーを管理する人が、このチャンネルでのボットのロールを確認できます。',
  elsewhere: '{channel} について：{told}',
  permissionViewChannel: 'チャンネルを見る',
  permissionReadMessageHistory: 'メッセージ履歴を読む',
  permissionSendMessages: 'メッセージを送信',
  permissionAttachFiles: 'ファイルを添付',
  permissionSendMessagesInThreads: 'スレッドでメッセージを送信',
  permissionCreatePublicThreads: '公開スレッドの作成',
  restarting: '再起動中です。1 分ほどしてから、もう一度質問してください。',

  questionForgotten: 'その質問はもう覚えていません。もう一度質問してください。',
  pictureGoneHere: 'このメッセージの画像はもうありません。もう一度投稿してください。',
  attachmentGone: 'その画像はもう Discord にありません。もう一度添付してください。',
  linkExpired: 'その画像はもう Discord から取得できません。もう一度投稿してください。',
  threadDeleted: 'その画像のスレッドは削除されました。新しく開くには、画像をもう一度投稿してください。',
  threadLocked:
    'その画像のスレッド {thread} はロックされています。スレッドを管理できる人にロックを解除してもらうか、画像をもう一度投稿して新しく開いてください。',

  messageKept:
    'Message Content Intent がオフなので、自分へのメンションがないメッセージは見えません。メンションするか、返信の通知をオンのままにしてください。',
  onePictureAtOnce: '一度に見られる画像は一枚です。what is in picture 2? のように、一枚ずつ聞いてください。',
  noSuchPicture:
    '{number} 枚目の画像についての質問ですが、そのメッセージの画像は {all} 枚です。1 から {all} の番号で指定してください。',
  linkWithoutPicture:
    'そのリンク先の画像を Discord から受け取れませんでした。画像そのものをファイルとして投稿するか、画像のあるメッセージに返信してください。',
  linkInCommand:
    'コマンドの中のリンクの先は見えません。メンションと一緒にメッセージとして投稿するか、`{image}` オプションで画像を渡してください。',
  postFirst: '先にここへ画像を投稿してから、質問してください。',
  noPictureToMention:
    'ここには画像が見つかりません。{why}メンションと一緒に画像を投稿するか、画像に返信してメンションしてください。',
  noPictureBehindReply:
    'その返信の先に画像が見つかりません。{why}画像のあるメッセージに返信するか、もう一度投稿してメンションしてください。',
  nothingToRemember:
    '話題になる画像がないので、ここで覚えていることはありません。{why}画像を投稿して質問してください。',
  withheld:
    'この画像を投稿した人は、画像を見ないように設定しています。別の画像について質問してください。自分の画像なら、`/privacy` でまた見られるようになります。',

  fileOfType: '`{name}` の種類は {type} です。見られるのは画像だけです。{remedy}',
  fileUnknown: '`{name}` は画像ではありません。見られるのは画像だけです。{remedy}',
  screenshotOfMoment: '見てほしい場面のスクリーンショットを投稿してください。',
  screenshotOfPage: '見てほしいページのスクリーンショットを投稿してください。',
  postAsImage: 'PNG、JPEG、WebP、GIF のどれかの画像として投稿してください。',
  lottieSticker:
    'スタンプ「{name}」は Lottie 形式のアニメーションで、描画できません。スクリーンショットを投稿してください。',
  fileTooLarge: '画像は {most} までですが、これは {size} です。縮小したものを投稿してください。',
  fileTooLargeByFar: '画像は {most} までですが、これはそれより大きいです。縮小したものを投稿してください。',
  fileTooSlow: '画像が {limit}以内に届きませんでした。もう一度試すか、縮小したものを投稿してください。',
  fileNotFetched: 'Discord から画像を取得できませんでした。少ししてから、もう一度試してください。',
  fileServerFailed:
    '画像について Discord のファイルサーバーが {status} を返しました。少ししてから、もう一度試してください。',
  foreignAddress:
    '画像は Discord からだけ取得し、{host} からは取得しません。ここにアップロードしてください。',
});
