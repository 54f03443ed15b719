// The few numbers of Discord's vocabulary that the page acts on, so that no Discord library is bundled for them.

export const messageFlags = { ephemeral: 1 << 6, loading: 1 << 7 } as const;

export const messageTypes = {
  default: 0,
  threadCreated: 18,
  reply: 19,
  chatInputCommand: 20,
  threadStarter: 21,
  contextMenuCommand: 23,
} as const;

export const commandTypes = { slash: 1, message: 3 } as const;

export const optionTypes = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;

export const componentTypes = { actionRow: 1, button: 2, menu: 3, textInput: 4 } as const;

export const textInputStyles = { short: 1, paragraph: 2 } as const;

export const buttonStyles = { primary: 1, secondary: 2, success: 3, danger: 4, link: 5 } as const;

/** Discord's limit on a person's message. */
export const maxMessageLength = 2_000;

/** How long one typing notice shows. */
export const typingMs = 10_000;
