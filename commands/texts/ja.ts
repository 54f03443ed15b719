// Japanese.
import { en } from './en.ts';
import { translate } from './translate.ts';

export const ja = translate(en, {
  captionHelp: '画像に何が写っているかを言います',
  askHelp: '画像についての質問に答えます',
  chatHelp: '画像について話すスレッドを開きます',
  memoryHelp: 'ここで覚えていることと、記憶の埋まり具合を表示します',
  helpHelp: 'ここでできることを例で示します',
  statusHelp: '動作環境と混み具合を表示します',
  forgetHelp: '話したことと見たものを忘れさせます',
  privacyHelp: 'あなたについて保存している内容を表示し、画像を見せない設定もできます',
  imageOption: '画像',
  imageOptionHelp: '画像。省略すると、ここに投稿された最新の画像',
  userOption: '人物',
  userOptionHelp: '画像の代わりにアバターを見る相手',
  frameOption: 'フレーム',
  frameOptionHelp: 'GIF のフレーム：first、middle、last、番号、または 50% のような割合',
  promptOption: '書き出し',
  promptOptionHelp: '説明の書き出し（英語）。例：this is a picture of',
  privateOption: '非公開',
  privateOptionHelp: '答えはあなただけに表示されます',
  questionOption: '質問',
  questionOptionHelp: '知りたいこと（英語が確実です）。例：what is this?',
  nextQuestionOption: '質問',
  nextQuestionOptionHelp: '次に聞きたい質問。省略すると、いちばん短い質問',
  whatOption: '範囲',
  whatOptionHelp: 'どこまで忘れるか',
  forgetConversation: 'この会話',
  forgetMe: '自分：質問したことと投稿したもの',
  forgetServer: 'このサーバー（管理者のみ）',
  picturesOption: '画像の扱い',
  picturesOptionHelp: '今後のあなたの画像の扱い。省略すると、保存している内容を表示',
  picturesOut: '見ないで、保存した分も忘れる',
  picturesIn: '頼まれたら見る',
  captionImage: '画像を説明',
  askAboutImage: '画像について質問',
  describeImage: 'スクリーンリーダー用に説明',
  askTitle: 'この画像について質問',
  askLabel: '質問（英語が確実です）',
  answersInEnglish: '答えは英語です。質問も英語がいちばんよく伝わります。',
  noPictureHere: 'ここには画像が見つかりません。{why}画像を投稿するか、コマンドに添付してください。',
  contentIntentOff:
    'Message Content Intent がオフなので、自分へのメンションがないメッセージの画像は見えません。',
  messageWithoutPicture:
    'そのメッセージには画像がありません。画像のあるメッセージのメニューで「{command}」を選んでください。',
  noWords: 'この画像を説明する言葉が見つかりません。ご自分の言葉で説明してください。',
  describedAlready: '投稿した人による説明がすでにあります：',
  describedHere: 'スクリーンリーダー用の説明を付けました。',
  copyDescription: 'ここには画像を投稿できません。次の文を説明欄にコピーしてください：',
  pictureGone: 'その画像のメッセージは削除されました。画像をもう一度投稿してください。',
  noThreadsHere:
    'ここではスレッドを開けません。テキストチャンネルで {command} を使うか、画像への返信でメンションしてください。',
  chatAlready: 'もう画像についての会話中です。そのまま質問してください。',
  channelGone: '対象のチャンネルは削除されました。別のチャンネルで質問してください。',
  threadClosed:
    'このスレッドはアーカイブまたはロックされていて書き込めません。スレッドを管理できる人が開き直せます。',
  loadingModel: 'モデルを再起動しています…',
  questionsBefore: 'あなたの質問の前に{count}件の質問があります。',
  questionsBeforeFor: 'あなたの質問の前に{count}件の質問があります（約{wait}）。',
  lookingAtPicture: '画像を見ています…',
  thinking: '考えています…',
  cutOff: '回答する前に再起動されました。もう一度質問してください。',
  wentWrong: 'こちらで問題が起きました。もう一度試し、直らなければ管理者に番号 {incident} を伝えてください。',
  goOnBefore: '{problem}それまでは、一つ前の画像で続けます。',
  noSuchFrame:
    '「{frame}」はフレームではありません。first、middle、last、3 のような番号、または 50% のような割合を書いてください。',
  pictureOrPerson:
    '画像と人物の両方が指定されていますが、一度に見られるのは一つだけです。どちらかの指定を外してください。',
  avatarGone:
    'そのアバターは変更され、Discord にはもうありません。`/caption user:` で新しいアバターについて聞いてください。',
  avatarWithheld:
    '{person} さんは自分の画像を私に見せない設定にしていて、アバターもその一つです。別の人を指定してください。本人であれば、`/privacy` で見られるように戻せます。',
  tooSlow: '時間がかかりすぎて、Discord の待ち時間が切れました。もう一度試してください。',
  cantReadThis: 'この画像は読み込めません。',
  lackingToWatch:
    '{channel} で画像について決められたことを実行できません。権限が足りません: {permissions}。私のロールに付与するか、`/settings mode` で別の設定にしてください。',
});
