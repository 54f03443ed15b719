// How many weights share a scale where nobody says.
import { type Blip2Config, inputWidth } from '../checkpoint/config.ts';
import type { RetrievalConfig } from '../checkpoint/retrieval-config.ts';
import type { BlockSize } from './quantise-blocks.ts';

/** From here on, as opt-2.7b and flan-t5-xl are. */
const WIDE = 2048;

/**
 * Each block takes eight bytes beside its codes once it is packed, and four more of the file stay mapped; and a product
 * takes a quarter longer with blocks of half the size. In a large model that is much for little: what a block loses
 * shows less the more of them are added up.
 */
export function defaultBlockSize(config: Blip2Config | RetrievalConfig): BlockSize {
  return 'textConfig' in config && inputWidth(config.textConfig) >= WIDE ? 128 : 32;
}
