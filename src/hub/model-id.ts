// How a model on the hub is named: `owner/name`, or `owner/name@revision`.
import { UsageError } from '../usage-error.ts';

export interface ModelId {
  /** `Salesforce/blip2-opt-2.7b` */
  readonly name: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
}

const NAME = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;
const REVISION = /^\w[\w.-]*(\/[\w][\w.-]*)*$/;
export const DEFAULT_REVISION = 'main';

/** Undefined for what can't be the name of a model, as a folder's. */
export function parseModelId(text: string): ModelId | undefined {
  const [name = '', revision = DEFAULT_REVISION, ...more] = text.split('@');
  // The cache's folders have -- in the place of the slash, and .. would lead out of them.
  const misleading = /\.\.|--/.test(name) || revision.includes('..');
  if (more.length > 0 || misleading || !NAME.test(name) || !REVISION.test(revision)) return undefined;
  return { name, revision };
}

/** @throws UsageError showing how a model is named */
export function requireModelId(text: string): ModelId {
  const id = parseModelId(text);
  if (id !== undefined) return id;
  throw new UsageError(
    `"${text}" is no model of the hub. Write owner/name or owner/name@revision, as in Salesforce/blip2-opt-2.7b.`,
  );
}

/** Without the revision where it is the default. */
export function formatModelId({ name, revision }: ModelId): string {
  return revision === DEFAULT_REVISION ? name : `${name}@${revision}`;
}
