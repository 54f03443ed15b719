// Reads a HEIC with libheif, compiled to WebAssembly: phones make them, and sharp's prebuilt library lacks the decoder
// for want of a licence. Loaded with the first such image, as it takes a moment.
import { createRequire } from 'node:module';
import type { CheckSize } from './preprocess-bmp.ts';
import type { RgbPixels } from './preprocess-resize.ts';
import { onWhite, toRgb } from './preprocess-rgb.ts';

/** Stands for something in WebAssembly's memory, which whoever made it gives back. */
type Pointer = object;
interface Failure {
  readonly code: unknown;
  readonly message?: string;
}
interface Channel {
  readonly id: unknown;
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly data: Uint8Array;
}

/** The part of libheif-js that is used; its own decoder writes failures to stdout. */
interface Libheif {
  heif_context_alloc(): Pointer;
  heif_context_free(context: Pointer): void;
  heif_context_read_from_memory(context: Pointer, file: Uint8Array): Failure;
  heif_js_context_get_primary_image_handle(context: Pointer): Pointer | Failure;
  heif_image_handle_get_width(handle: Pointer): number;
  heif_image_handle_get_height(handle: Pointer): number;
  heif_image_handle_release(handle: Pointer): void;
  heif_js_decode_image2(
    handle: Pointer,
    space: unknown,
    chroma: unknown,
  ): Promise<{ readonly image: Pointer; readonly channels: readonly Channel[] } | Failure>;
  heif_image_release(image: Pointer): void;
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown };
}

const load = createRequire(import.meta.url);

/** The main image of the file, turned as the file says. @throws Error when the file is broken */
export async function readHeic(file: Uint8Array, checkSize: CheckSize): Promise<RgbPixels> {
  const libheif: Libheif = load('libheif-js/wasm-bundle');
  const context = libheif.heif_context_alloc();
  try {
    const read = libheif.heif_context_read_from_memory(context, file);
    if (read.code !== libheif.heif_error_code.heif_error_Ok) throw failed(read);
    const handle = succeeded(libheif.heif_js_context_get_primary_image_handle(context));
    try {
      checkSize(libheif.heif_image_handle_get_width(handle), libheif.heif_image_handle_get_height(handle));
      return await decode(libheif, handle);
    } finally {
      libheif.heif_image_handle_release(handle);
    }
  } finally {
    libheif.heif_context_free(context);
  }
}

async function decode(libheif: Libheif, handle: Pointer): Promise<RgbPixels> {
  const { heif_colorspace_RGB: space } = libheif.heif_colorspace;
  const { heif_chroma_interleaved_RGBA: chroma } = libheif.heif_chroma;
  const { image, channels } = succeeded(await libheif.heif_js_decode_image2(handle, space, chroma));
  try {
    const [channel] = channels;
    if (!channel) throw new Error('libheif gave no pixels.');
    return packed(channel);
  } finally {
    libheif.heif_image_release(image);
  }
}

function packed({ width, height, stride, data }: Channel): RgbPixels {
  const channels = 4;
  const rgba = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    rgba.set(data.subarray(row * stride, row * stride + width * channels), row * width * channels);
  }
  return toRgb({ data: rgba, width, height, channels }, onWhite);
}

function succeeded<T extends object>(result: T | Failure | null | undefined): T {
  if (!result || 'code' in result) throw failed(result as Failure | undefined);
  return result as T;
}

function failed(failure: Failure | null | undefined): Error {
  return new Error(failure?.message || 'libheif could not read the file.');
}
