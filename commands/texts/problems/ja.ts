// Japanese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const ja = translate(en, {
  noQuestion:
    '質問がありません。画像について質問してください（英語が確実です）。例：「What is in the picture?」',
  imageGone: 'その画像はもうありません。もう一度投稿し、新しいメッセージについて質問してください。',
  questionTooLong:
    '{tokens} トークンあります。画像と一緒に読めるのは {most} トークンまでなので、短くしてください。',
  yourQuestionsWait: 'ここにはあなたの質問がまだ {own} 件あります。答え終わってから、また質問してください。',
  questionsWait: 'ここにはまだ答えていない質問が {all} 件あります。しばらくしてから、また質問してください。',
  fileEmpty: 'ファイルが空です。JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP、TIFF のどれかを使ってください。',
  fileNoImage:
    'ファイルが画像ではありません。JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP、TIFF のどれかを使ってください。',
  formatUnreadable:
    '{format} のファイルは読み込めません。JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP、TIFF のどれかを使ってください。',
  imageBroken:
    '{format} の画像のようですが、壊れているか不完全です。JPEG か PNG で保存し直して投稿してください。',
  imageTooLarge:
    '画像は {most} ピクセルまでですが、これは {width} × {height} です。縮小したものを使ってください。',
  imageColours: 'この TIFF の色（{colours}）は読み込めません。JPEG か PNG で保存し直して投稿してください。',
  frameBeyond:
    'フレーム {number} が指定されましたが、このアニメーションは {frames} フレームです。1 から {frames} までを指定してください。',
  frameOfStill:
    'フレーム {number} が指定されましたが、この画像は動きません。フレームを指定せずに聞いてください。',
  frameTooFar:
    'フレーム {number} はこのアニメーションの先すぎて見られません。1 から {reachable} までを指定するか、そのフレームを画像として投稿してください。',
  deviceWithoutCard: '{device} は使っていません：このマシンには NVIDIA のカードが見つかりません。',
  modelNotOnDevice: 'モデルは {device}（{precision}）では動きません：{reason}',
  deviceMissing: '{device} は使っていません：このマシンにはグラフィックス装置が見つかりません。',
  deviceSlow:
    '{device} は使っていません：CPU より遅いためです（積 1 回に {slow} ms、CPU は {fast} ms）。ソフトウェアアダプターはそうなります。',
  deviceFails: '{device} は使っていません：{reason}',
  deviceInF32:
    '{device} は f32 で計算しています。f16 が動かないためで、影響は速度とメモリーだけです：{reason}',
  deviceStepByStep:
    '{device} は回答を一語ずつ書きます。まとめて書く方法が動かないためで、影響は速度だけです：{reason}',
  busy: '{count} 件を処理中で、さらに {waiting} 件が順番を待っています。{wait}ほどしてから、もう一度試してください。',
  tooBusy: '混み合っていて、{limit}以内に答えられませんでした。{wait}ほどしてから、もう一度試してください。',
});
