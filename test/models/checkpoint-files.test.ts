// What is wrong with a checkpoint's other files is said before any session is opened, with a remedy.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { expectRefusal, type Json, newFolder, withConfig } from './support/checkpoint-folder.ts';
import { readGolden, writeCheckpoint, writeJson } from './support/goldens.ts';

const plain = readGolden('plain');
const t5 = readGolden('t5-gated-untied');
let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});

describe('the other files', () => {
  it.each([
    ['tokenizer.json', /has no tokenizer.json. Load it with AutoTokenizer/],
    ['processor_config.json', /neither preprocessor_config.json nor an image_processor/],
  ])('%s is asked for', async (name, message) => {
    await writeCheckpoint(folder, plain);
    await rm(join(folder, name));
    await expectRefusal(folder, message);
  });

  it('tokenizer.json that cannot be read is refused with what to do', async () => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'tokenizer.json', { model: { type: 'BPE' } });
    await expectRefusal(folder, /tokenizer.json is not a tokenizer .* save it again with save_pretrained\.$/);
  });

  it('may not know more words than the model', async () => {
    await withConfig(folder, (config) => {
      config.text_config = { ...config.text_config, vocab_size: 1000 };
    });
    await expectRefusal(
      folder,
      /tokenizer.json has token 1\d+, but config.json's text_config.vocab_size is 1000\. Use/,
    );
  });

  it('may not begin with a word that the model lacks', async () => {
    await withConfig(folder, (config) => {
      config.text_config = { ...config.text_config, bos_token_id: 1e6 };
    });
    await expectRefusal(folder, /text_config.bos_token_id 1000000 is beyond vocab_size 1200/);
  });

  it('may not disagree about the size of pictures', async () => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'processor_config.json', {
      image_processor: { size: { height: 64, width: 64 } },
    });
    await expectRefusal(
      folder,
      /size is \{"height":64,"width":64\}, but config.json's vision_config.image_size is 56/,
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /processor_config.json: image_processor is null, not an object. Save it with/],
    ['a string', 'BlipImageProcessor', /image_processor is "BlipImageProcessor", not an object/],
    ['a list', [{ size: 56 }], /image_processor is \[\{"size":56\}\], not an object/],
    ['a division by zero', { image_std: [0.5, 0, 0.5] }, /image_std.1: a divisor has to be greater than 0/],
    ['a crop of the centre', { do_center_crop: true }, /do_center_crop: only false is supported/],
  ])('may not have %s for an image processor', async (_, value, message) => {
    await writeCheckpoint(folder, plain);
    await writeJson(folder, 'processor_config.json', { image_processor: value });
    await expectRefusal(folder, message);
  });

  it('name the longest answer, and the ids that end it only where text_config names none', async () => {
    const read = async () => (await readCheckpoint(folder)).generation;
    await writeCheckpoint(folder, plain);
    expect(await read()).toEqual({ eosTokenIds: [202], maxNewTokens: undefined });

    await withConfig(folder, (config) => Object.assign(config.text_config ?? {}, { eos_token_id: [202, 5] }));
    await writeJson(folder, 'generation_config.json', { eos_token_id: [202, 608], max_new_tokens: 30 });
    expect(await read()).toEqual({ eosTokenIds: [202, 5], maxNewTokens: 30 });

    await withConfig(folder, (config) => Object.assign(config.text_config ?? {}, { eos_token_id: null }));
    expect((await read()).eosTokenIds).toEqual([202, 608]);
  });

  it("name T5's first token where the config does not, and the BOS is taken where none does", async () => {
    const startOf = async (text: Json, generation: Json) => {
      await writeCheckpoint(folder, t5);
      const config = t5.config as unknown as Json & { text_config: Json };
      await writeJson(folder, 'config.json', { ...config, text_config: { ...config.text_config, ...text } });
      await writeJson(folder, 'generation_config.json', generation);
      return (await readCheckpoint(folder)).generation.decoderStartTokenId;
    };
    const none = { decoder_start_token_id: null };
    expect(await startOf({}, { decoder_start_token_id: 7 })).toBe(0);
    expect(await startOf(none, { decoder_start_token_id: 7 })).toBe(7);
    expect(await startOf(none, {})).toBe(1);
    expect(await startOf({ ...none, bos_token_id: null }, {})).toBeUndefined();
    await expectRefusal(
      folder,
      /names a decoder_start_token_id. Add the one of the language model; T5's is 0/,
    );
    expect(await startOf({ decoder_start_token_id: 512 }, {})).toBe(512);
    await expectRefusal(folder, /decoder_start_token_id 512 is beyond vocab_size 512\. Name the one/);
  });

  it('of a folder that is not there are not looked for', async () => {
    folder = join(folder, 'nowhere');
    await expectRefusal(folder, /There is no folder .*nowhere/);
  });
});
