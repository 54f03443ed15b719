// Messages about a picture of three bytes.
import { type BaseMessage, HumanMessage } from 'langchain';

export const image = Uint8Array.of(7, 7, 7);
export const base64 = Buffer.from(image).toString('base64');

export function about(text: string, block: object = { type: 'image', data: image }): BaseMessage[] {
  return [new HumanMessage({ content: [block, { type: 'text', text }] as never })];
}
