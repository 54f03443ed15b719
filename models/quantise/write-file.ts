// A file that is written front to back, so that its size tells how far a run came that was ended.
import { type FileHandle, open } from 'node:fs/promises';
import type { TensorLocation } from '../checkpoint/safetensors.ts';
import { convertTensor } from './convert-tensor.ts';
import { ALIGNMENT, type Layout, type PlacedTensor, padding } from './lay-out.ts';

export class FileWriter {
  /** Goes on behind what an earlier run left. */
  static async open(path: string, { header }: Layout, syncBytes: number): Promise<FileWriter> {
    const handle = await openForWriting(path);
    const { size } = await handle.stat();
    // What was written last may not have reached the disk when the power went.
    const writer = new FileWriter(handle, size - syncBytes, syncBytes);
    await writer.put(header, 0);
    return writer;
  }

  /** Tensors that end here are in the file. */
  readonly sure: number;
  private readonly handle: FileHandle;
  private readonly syncBytes: number;
  private readonly sources = new Map<string, FileHandle>();
  private unsynced = 0;

  private constructor(handle: FileHandle, sure: number, syncBytes: number) {
    this.handle = handle;
    this.sure = sure;
    this.syncBytes = syncBytes;
  }

  /** @param onPiece called with the place that the file is written up to */
  async write(tensor: PlacedTensor, onPiece: (position: number) => void): Promise<void> {
    let position = tensor.start;
    for await (const piece of convertTensor(await this.source(tensor.source), tensor)) {
      const bytes = piece ?? new Uint8Array(padding(position % ALIGNMENT));
      await this.put(bytes, position);
      position += bytes.byteLength;
      onPiece(position);
    }
  }

  /** All of it is on the disk. */
  async end(): Promise<void> {
    await this.handle.sync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close();
    for (const source of this.sources.values()) await source.close();
  }

  private async put(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.byteLength; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.byteLength - done, position + done);
      done += bytesWritten;
    }
    this.unsynced += bytes.byteLength;
    if (this.unsynced < this.syncBytes) return;
    await this.handle.datasync();
    this.unsynced = 0;
  }

  private async source({ file }: TensorLocation): Promise<FileHandle> {
    const known = this.sources.get(file) ?? (await open(file));
    this.sources.set(file, known);
    return known;
  }
}

async function openForWriting(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return open(path, 'w');
  });
}
