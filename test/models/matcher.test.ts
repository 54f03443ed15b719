// Matching against PyTorch: goldens from test/oracle/make_retrieval_goldens.py, weights from the formula.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAnyConfig, readRetrievalConfig } from '../../models/checkpoint/retrieval-config.ts';
import { CheckpointError, ModelError, NumberError, RequestError } from '../../models/errors.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { Matcher } from '../../models/matcher.ts';
import { CPU } from '../../models/sessions.ts';
import { expectClose } from './support/expect-close.ts';
import {
  floats,
  type GoldenCheckpoint,
  goldenPixels,
  type RetrievalGolden,
  readGolden,
  readRetrievalGolden,
  readRetrievalGoldens,
  writeCheckpoint,
  writeJson,
} from './support/goldens.ts';

/** Scores lie between -1 and 1, probabilities between 0 and 1. */
const DECIMALS = 5;

const goldens = readRetrievalGoldens();
const plain = readRetrievalGolden('plain');
const preprocess = async () => goldenPixels(plain);

let root: string;
let folder: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'blipcord-matcher-')));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'folder-'));
});

async function open(golden: GoldenCheckpoint, device = {}): Promise<Matcher> {
  await writeCheckpoint(folder, golden);
  return Matcher.open(folder, { preprocess, ...device });
}

describe.each(goldens)('$name', (golden: RetrievalGolden) => {
  it('embeds the picture as transformers does, each query at length 1', async () => {
    const matcher = await open(golden);
    const { data } = await matcher.embedPixels(goldenPixels(golden));
    expectClose(data, floats(golden.embeddings));
    await matcher.close();
  });

  it('embeds and matches every text as transformers does', async () => {
    const matcher = await open(golden);
    const image = await matcher.embedPixels(goldenPixels(golden));
    for (const { text, embedding, itc, itm } of golden.texts) {
      expectClose(await matcher.embedText(text), floats(embedding));
      const match = await matcher.match(image, text);
      expect(match.itc).toBeCloseTo(itc, DECIMALS);
      expect(match.itm).toBeCloseTo(itm, DECIMALS);
    }
    await matcher.close();
  });
});

it('says so when the numbers are broken', async () => {
  const matcher = await open(plain);
  const image = await matcher.embedPixels(goldenPixels(plain).fill(Number.NaN));
  await expect(matcher.match(image, 'a dog')).rejects.toThrow(NumberError);
  await matcher.close();
});

it('in f16, as on a GPU, says nearly the same', async () => {
  const report = { device: 'cpu', precision: 'f16', fallbacks: [] } as const;
  const matcher = await open(plain, { device: { report, sessionOptions: CPU } });
  const image = await matcher.embedPixels(goldenPixels(plain));
  expectClose(image.data, floats(plain.embeddings), 1e-3);
  await matcher.close();
});

it('reads an image file as the checkpoint asks for it', async () => {
  const matcher = await open(plain);
  const { data } = await matcher.embedImage(new Uint8Array());
  expectClose(data, floats(plain.embeddings));
  await matcher.close();
});

describe('a text', () => {
  it('that fills the positions is read, and one that is longer is refused with its length', async () => {
    const matcher = await open(plain);
    await expect(matcher.embedText('a '.repeat(62))).resolves.toHaveLength(16);
    const refusal = expect(matcher.embedText('a '.repeat(63))).rejects;
    await refusal.toThrow(RequestError);
    await refusal.toThrow('The text has 65 tokens, but the model reads at most 64. Shorten it.');
    await matcher.close();
  });

  it('with a token that the model has no row for is refused', async () => {
    await writeCheckpoint(folder, plain);
    const tokenizer = JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'));
    tokenizer.added_tokens.push({ ...tokenizer.added_tokens[0], id: 400, content: '<image>' });
    await writeJson(folder, 'tokenizer.json', tokenizer);
    const matcher = await Matcher.open(folder, { preprocess });
    const refusal = expect(matcher.embedText('a <image> of')).rejects;
    await refusal.toThrow(RequestError);
    await refusal.toThrow('The text has token 400, but the model knows only 400. Leave out special tokens');
    await matcher.close();
  });
});

it('a tokenizer of another model is refused on opening', async () => {
  const { tokenizer: _, ...withAnother } = plain;
  const opening = open(withAnother);
  await expect(opening).rejects.toThrow(CheckpointError);
  await expect(opening).rejects.toThrow(
    /tokenizer\.json has token \d+, but config\.json's qformer_config\.vocab_size is 400\. Use the tokenizer that was saved with this model\./,
  );
});

it("fills a config's absent fields in as transformers does", async () => {
  await writeJson(folder, 'config.json', { model_type: 'blip-2' });
  expect(await readRetrievalConfig(folder)).toMatchObject({
    numQueryTokens: 32,
    imageTextHiddenSize: 256,
    visionConfig: { hiddenSize: 1408 },
    qformerConfig: { hiddenSize: 768, vocabSize: 30522, maxPositionEmbeddings: 512, layerNormEps: 1e-12 },
  });
});

describe('a checkpoint of the other kind', () => {
  it('that matches is refused where one has to answer, with one that does', async () => {
    await writeCheckpoint(folder, plain);
    const opening = LocalBackend.open(folder, { preprocess });
    await expect(opening).rejects.toThrow(CheckpointError);
    await expect(opening).rejects.toThrow(
      "This checkpoint (Blip2ForImageTextRetrieval) matches pictures and texts and can't answer; use one of Blip2ForConditionalGeneration, such as Salesforce/blip2-opt-2.7b.",
    );
  });

  it('that answers is refused where one has to match, with one that does', async () => {
    const opening = open(readGolden('plain'));
    await expect(opening).rejects.toThrow(CheckpointError);
    await expect(opening).rejects.toThrow(
      "This checkpoint (Blip2ForConditionalGeneration) answers and can't match pictures and texts; use one of Blip2ForImageTextRetrieval, such as Salesforce/blip2-itm-vit-g.",
    );
  });

  it('is known by its tensors where config.json names no class', async () => {
    const nameless = (golden: GoldenCheckpoint) => ({
      ...golden,
      config: { ...golden.config, architectures: undefined },
    });
    await expect(open(nameless(readGolden('plain')))).rejects.toThrow(
      /has no tensor .*\. Save the whole model/,
    );
    await writeCheckpoint(folder, nameless(plain));
    await expect(LocalBackend.open(folder, { preprocess })).rejects.toThrow(
      /has no tensor .*\. Save the whole model/,
    );
  });

  it('can be told by its config before there are weights', async () => {
    await writeJson(folder, 'config.json', plain.config);
    expect(await readAnyConfig(folder)).toMatchObject({ imageTextHiddenSize: 16 });
    await writeJson(folder, 'config.json', readGolden('plain').config);
    expect(await readAnyConfig(folder)).toMatchObject({ textConfig: { modelType: 'opt' } });
  });
});

it('closes quietly more than once, after the run under way, and throws a ModelError afterwards', async () => {
  const matcher = await open(plain);
  const underWay = matcher.embedPixels(goldenPixels(plain));
  await Promise.all([matcher.close(), matcher.close()]);
  const image = await underWay;
  await expect(matcher.match(image, plain.texts[0]?.text ?? '')).rejects.toThrow(ModelError);
  await expect(matcher.match(image, plain.texts[0]?.text ?? '')).rejects.toThrow(
    'The model is closed. Open it again.',
  );
});
