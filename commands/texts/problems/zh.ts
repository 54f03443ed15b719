// Simplified Chinese.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const zh = translate(en, {
  noQuestion: '没有问题。请就图片提一个问题（最好用英文），例如“What is in the picture?”。',
  imageGone: '那张图片已不存在。请重新发送，并就新消息提问。',
  questionTooLong: '这段话有 {tokens} 个词元，除图片外最多只能放 {most} 个。请说得短一些。',
  yourQuestionsWait: '你在这里还有 {own} 个问题没有回答完。请等我答完再问。',
  questionsWait: '这里还有 {all} 个问题等我回答。请过一会儿再问。',
  fileEmpty: '文件是空的。请改用 JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP 或 TIFF。',
  fileNoImage: '文件不是图片。请改用 JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP 或 TIFF。',
  formatUnreadable: '无法读取 {format} 文件。请改用 JPEG、PNG、WebP、GIF、AVIF、HEIC、BMP 或 TIFF。',
  imageBroken: '图片声称是 {format}，但已损坏或不完整。请重新存为 JPEG 或 PNG 再发送。',
  imageTooLarge: '图片最多 {most} 像素，而这张是 {width} × {height}。请用小一点的副本。',
  imageColours: '无法读取这个 TIFF 的颜色（{colours}）。请重新存为 JPEG 或 PNG 再发送。',
  frameBeyond: '你问的是第 {number} 帧，而这个动画有 {frames} 帧。请说 1 到 {frames} 之间的一帧。',
  frameOfStill: '你问的是第 {number} 帧，而这张图片不会动。请不要指定帧再问。',
  frameTooFar:
    '第 {number} 帧在这个动画里太靠后了。请说 1 到 {reachable} 之间的一帧，或者把那一帧作为图片发出来。',
  deviceWithoutCard: '没有使用 {device}：这台机器上看不到 NVIDIA 显卡。',
  modelNotOnDevice: '模型无法在 {device}（{precision}）上运行：{reason}',
  deviceMissing: '没有使用 {device}：这台机器上看不到图形设备。',
  deviceSlow: '没有使用 {device}：它比 CPU 慢（一次乘积 {slow} ms，CPU 为 {fast} ms），软件适配器就是这样。',
  deviceFails: '没有使用 {device}：{reason}',
  deviceInF32: '{device} 以 f32 计算，因为 f16 在那里无法运行，代价只是速度和内存：{reason}',
  deviceStepByStep: '{device} 逐词写出回答，因为在那里无法一次写完整个回答，代价只是速度：{reason}',
  busy: '我正在处理 {count} 个请求，还有 {waiting} 个在排队。请过大约{wait}再试。',
  tooBusy: '我正忙，没能在{limit}内回答。请过大约{wait}再试。',
});
