// What the page offers to whoever tries the embedded checkpoint: pictures of the kind that it knows, each with a
// question that it answers rightly, as stickers and emoji as well; and what it does not know.
import { fileURLToPath } from 'node:url';
import { StickerFormatType } from 'discord.js';

export interface Sample {
  readonly name: string;
  /** Absolute path of the image. */
  readonly file: string;
  readonly tryAsking: string;
}

export const samples: readonly Sample[] = [
  { name: 'Rocket', file: inFolder('rocket.png'), tryAsking: 'What is this?' },
  { name: 'Penguin', file: inFolder('penguin.png'), tryAsking: 'What animal is in the picture?' },
  { name: 'Bee', file: inFolder('bee.png'), tryAsking: 'Where is the bee?' },
  { name: 'Pizza', file: inFolder('pizza.png'), tryAsking: 'What food is in the picture?' },
];

/** Known by the same id at each start, since messages with it are kept. */
export interface Expression {
  readonly id: string;
  readonly name: string;
  /** Absolute path of the image. */
  readonly file: string;
}

export interface SampleSticker extends Expression {
  readonly format: StickerFormatType;
}

export const sampleStickers: readonly SampleSticker[] = [
  { id: '1001', name: 'Penguin', format: StickerFormatType.PNG, file: inFolder('sticker-penguin.png') },
  { id: '1002', name: 'Lift-off', format: StickerFormatType.APNG, file: inFolder('sticker-rocket.png') },
  { id: '1003', name: 'Flutter', format: StickerFormatType.GIF, file: inFolder('sticker-butterfly.gif') },
  { id: '1004', name: 'Bounce', format: StickerFormatType.Lottie, file: inFolder('sticker-bounce.json') },
];

export const sampleEmoji: readonly Expression[] = [
  { id: '2001', name: 'pizza_time', file: inFolder('emoji-pizza.png') },
  { id: '2002', name: 'bee_dance', file: inFolder('emoji-bee.gif') },
];

/** In Discord's markdown. */
export const embeddedModelNote =
  'The embedded model knows nothing but pictures made of emoji, such as these. For photographs, pull a bigger model and name it in `BLIPCORD_MODEL`, as README.md says.';

function inFolder(name: string): string {
  return fileURLToPath(new URL(`samples/${name}`, import.meta.url));
}
