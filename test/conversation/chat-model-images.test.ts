// What a picture may come as to the chat model, and what LangChain's cache makes of it.
import { InMemoryCache } from '@langchain/core/caches';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Blip2ChatModel } from '../../conversation/chat-model.ts';
import { FeatureCache, imageHashOf } from '../../conversation/features.ts';
import { about, base64, image } from './about-image.ts';
import { type FakeBackend, fakeBackend, featuresOf } from './fake-backend.ts';

const address = 'https://example.org/a.png';

let backend: FakeBackend;
let model: Blip2ChatModel;
beforeEach(() => {
  backend = fakeBackend();
  model = new Blip2ChatModel({ backend });
});

describe('an image', () => {
  it.each([
    ['bytes', { type: 'image', data: image }],
    ['base64', { type: 'image', mimeType: 'image/png', data: base64 }],
    ['a data: address', { type: 'image', url: `data:image/png;base64,${base64}` }],
    ['a data: address as a URL', { type: 'image', url: new URL(`data:image/png;base64,${base64}`) }],
    ['a data: address in the place of base64', { type: 'image', data: `data:image/png;base64,${base64}` }],
    ['a data: address with escapes', { type: 'image', url: 'data:,%07%07%07' }],
    [
      "LangChain's earlier form",
      { type: 'image', source_type: 'base64', mime_type: 'image/png', data: base64 },
    ],
    ["OpenAI's form", { type: 'image_url', image_url: { url: `data:image/png;base64,${base64}` } }],
    ["OpenAI's form, short", { type: 'image_url', image_url: `data:image/png;base64,${base64}` }],
    [
      "Anthropic's form",
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64 } },
    ],
  ])('may come as %s', async (_, block) => {
    await model.invoke(about('What?', block));
    expect(backend.encoded.map((bytes) => [...bytes])).toEqual([[...image]]);
    expect(backend.requests[0]?.features).toEqual(featuresOf(image));
  });

  it.each([
    { type: 'image', url: address },
    { type: 'image_url', image_url: { url: address } },
    { type: 'image', url: new URL(address) },
    { type: 'image_url', image_url: { url: new URL(address) } },
    { type: 'image_url', image_url: new URL(address) },
  ])('may come as an address, which the caller fetches: %o', async (block) => {
    const fetchImage = vi.fn(async () => image);
    const { signal } = new AbortController();
    await new Blip2ChatModel({ backend, fetchImage }).invoke(about('What?', block), { signal });
    expect(fetchImage).toHaveBeenCalledWith(address, expect.any(AbortSignal));
    expect(backend.requests[0]?.features).toEqual(featuresOf(image));
  });

  it('is encoded once', async () => {
    await model.batch([about('one'), about('two')]);
    await model.invoke(about('three'));
    expect(backend.encoded).toHaveLength(1);
  });

  it.each([
    [
      { type: 'image', url: address },
      `An image block has the address ${address}, which isn't fetched here. Send the`,
    ],
    [{ type: 'image', url: 'file:///etc/passwd' }, "file:///etc/passwd, which isn't fetched here"],
    [
      { type: 'image', url: 'data:nonsense' },
      "a data: address that can't be read: data:nonsense. Write data:image",
    ],
    [{ type: 'image', data: '' }, 'data that is no base64'],
    [{ type: 'image' }, 'needs data, url or fileId'],
    [
      { type: 'audio', data: base64, mimeType: 'audio/wav' },
      'takes text and one image, got a block of type audio',
    ],
    [{ type: 'file', data: base64, mimeType: 'application/pdf' }, 'got a block of type file'],
  ])('is refused with the remedy: %o', async (block, says) => {
    await expect(model.invoke(about('What?', block))).rejects.toThrow(says);
    expect(backend.requests).toEqual([]);
  });
});

describe("LangChain's cache", () => {
  it('has the weights and the options in its keys', async () => {
    const cache = new InMemoryCache(new Map());
    const other = fakeBackend({ fingerprint: 'other' });
    await new Blip2ChatModel({ backend, cache }).invoke(about('What?'));
    await new Blip2ChatModel({ backend, cache }).invoke(about('What?'));
    expect(backend.requests).toHaveLength(1);
    await new Blip2ChatModel({ backend, cache, numBeams: 2 }).invoke(about('What?'));
    expect(backend.requests).toHaveLength(2);
    await new Blip2ChatModel({ backend: other, cache }).invoke(about('What?'));
    expect(other.requests).toHaveLength(1);
  });

  it.each([
    ['bytes', (data: Uint8Array) => ({ type: 'image', data })],
    ['a Buffer', (data: Uint8Array) => ({ type: 'image', data: Buffer.from(data) })],
    ['base64', (data: Uint8Array) => ({ type: 'image', data: Buffer.from(data).toString('base64') })],
    ['a data: address', (data: Uint8Array) => ({ type: 'image_url', image_url: { url: dataAddress(data) } })],
    ['an address', (data: Uint8Array) => ({ type: 'image', url: `https://example.org/${data[0]}` })],
    ['a URL', (data: Uint8Array) => ({ type: 'image', url: new URL(`https://example.org/${data[0]}`) })],
    ['a key', (data: Uint8Array) => ({ type: 'image', fileId: imageHashOf(data) })],
  ])('has the picture in its keys, when that comes as %s', async (_, block) => {
    const pictures = [1, 2, 3].map((byte) => Uint8Array.of(byte, 0));
    const features = new FeatureCache({ backend });
    for (const picture of pictures) await features.see(picture);
    const fetchImage = async (from: string) => Uint8Array.of(Number(from.at(-1)), 0);
    const cached = new Blip2ChatModel({ backend, features, fetchImage, cache: new InMemoryCache(new Map()) });
    const asked = pictures.map((picture) => about('What?', block(picture)));
    for (const messages of [...asked, ...asked]) await cached.invoke(messages);
    await cached.generate(asked);
    expect(backend.requests.map((request) => request.features)).toEqual(
      pictures.map((picture) => featuresOf(picture)),
    );
  });
});

function dataAddress(data: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(data).toString('base64')}`;
}
