// Request bodies: JSON, or a multipart form whose `payload_json` is the JSON and whose `files[n]` are uploads.
import { createMiddleware } from 'hono/factory';
import { invalidForm, refuse } from '../errors.ts';
import type { Upload } from '../state/attachments.ts';
import type { RestContext, RestEnv } from './env.ts';

/** Reads the body once and puts `body` and `files` into the context. */
export const readBody = createMiddleware<RestEnv>(async (context, next) => {
  const type = context.req.header('content-type') ?? '';
  const { body, files } = type.startsWith('multipart/form-data')
    ? await readForm(await readFormData(context))
    : { body: await readJson(context.req.raw), files: new Map<string, Upload>() };
  const { uploadBytes, uploadFiles } = context.get('world').limits;
  if (files.size > uploadFiles) {
    throw invalidForm('attachments', 'BASE_TYPE_MAX_LENGTH', `Must be ${uploadFiles} or fewer in length.`);
  }
  if ([...files.values()].some(({ bytes }) => bytes.byteLength > uploadBytes)) throw refuse('entityTooLarge');
  context.set('body', body);
  context.set('files', files);
  await next();
});

async function readFormData(context: RestContext): Promise<FormData> {
  return context.req.formData().catch(() => {
    throw refuse('badRequest');
  });
}

async function readJson(request: Request): Promise<unknown> {
  const text = request.body === null ? '' : await request.text();
  return text === '' ? undefined : parseJson(text);
}

async function readForm(form: FormData): Promise<{ body: unknown; files: Map<string, Upload> }> {
  const payload = form.get('payload_json');
  const files = new Map<string, Upload>();
  for (const [field, value] of form) {
    const number = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (number === undefined || typeof value === 'string') continue;
    files.set(number, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { body: typeof payload === 'string' ? parseJson(payload) : simpleFields(form), files };
}

/** Without `payload_json`, the form's own fields are the body. */
function simpleFields(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
}
