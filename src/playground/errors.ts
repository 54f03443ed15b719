// What Discord answers when it refuses, under names that say why.

/** Discord's nested form errors: `{ content: { _errors: [{ code, message }] } }`. */
export type FormErrors = { readonly [field: string]: FormErrors | readonly FormProblem[] };
export interface FormProblem {
  readonly code: string;
  readonly message: string;
}

export class DiscordError extends Error {
  override name = 'DiscordError';
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  /** The body of the answer. */
  toJSON() {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

const refusals = {
  badRequest: [400, 0, '400: Bad Request'],
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  unknownApplication: [404, 10_002, 'Unknown Application'],
  unknownChannel: [404, 10_003, 'Unknown Channel'],
  unknownGuild: [404, 10_004, 'Unknown Guild'],
  unknownMember: [404, 10_007, 'Unknown Member'],
  unknownMessage: [404, 10_008, 'Unknown Message'],
  unknownUser: [404, 10_013, 'Unknown User'],
  unknownWebhook: [404, 10_015, 'Unknown Webhook'],
  unknownInteraction: [404, 10_062, 'Unknown interaction'],
  unknownCommand: [404, 10_063, 'Unknown application command'],
  entityTooLarge: [413, 40_005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40_060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50_001, 'Missing Access'],
  notInDirectMessages: [403, 50_003, 'Cannot execute action on a DM channel'],
  notYourMessage: [403, 50_005, 'Cannot edit a message authored by another user'],
  notForMessages: [400, 50_008, 'Cannot send messages in a non-text channel'],
  emptyMessage: [400, 50_006, 'Cannot send an empty message'],
  missingPermissions: [403, 50_013, 'Missing Permissions'],
  invalidWebhookToken: [401, 50_027, 'Invalid Webhook Token'],
  invalidJson: [400, 50_109, 'The request body contains invalid JSON.'],
  threadArchived: [400, 50_083, 'Thread is archived'],
  noHistoryForReply: [400, 160_002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160_004, 'A thread has already been created for this message'],
  wrongChannelType: [400, 50_024, 'Cannot execute action on this channel type'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

export type Refusal = keyof typeof refusals;

export function refuse(reason: Refusal): DiscordError {
  const [status, code, message] = refusals[reason];
  return new DiscordError(status, code, message);
}

/** Of what a callback sends as `data`, Discord names the fields as `data.content`. */
export function withinData<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DiscordError) || error.errors === undefined) throw error;
    throw new DiscordError(error.status, error.code, error.message, { data: error.errors });
  }
}

/** 50035, with the problem under the field's path, as in `content` or `embeds.0.title`. */
export function invalidForm(path: string, code: string, message: string): DiscordError {
  return invalidFormOf([{ path: path.split('.'), code, message }]);
}

export interface FieldProblem extends FormProblem {
  readonly path: readonly string[];
}

export function invalidFormOf(problems: readonly FieldProblem[]): DiscordError {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of problems) {
    let at = errors;
    for (const key of path) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at._errors = [...((at._errors as FormProblem[] | undefined) ?? []), { code, message }];
  }
  return new DiscordError(400, 50_035, 'Invalid Form Body', errors as FormErrors);
}
