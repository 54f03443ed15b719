// The few numbers of Discord's vocabulary that the page acts on, so that no Discord library is bundled for them.

export const messageFlags = { ephemeral: 1 << 6, loading: 1 << 7 } as const;

export const attachmentFlags = { isSpoiler: 1 << 3 } as const;

export const messageTypes = {
  default: 0,
  threadCreated: 18,
  reply: 19,
  chatInputCommand: 20,
  threadStarter: 21,
  contextMenuCommand: 23,
} as const;

export const stickerFormats = { png: 1, apng: 2, lottie: 3, gif: 4 } as const;

export const commandTypes = { slash: 1, message: 3 } as const;

export const optionTypes = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;

export const componentTypes = { actionRow: 1, button: 2, menu: 3, textInput: 4 } as const;

export const textInputStyles = { short: 1, paragraph: 2 } as const;

export const buttonStyles = { primary: 1, secondary: 2, success: 3, danger: 4, link: 5 } as const;

export const interactionContexts = { guild: 0, botDirect: 1 } as const;

/** What the bot needs, in Discord's words. */
export const botPermissions = [
  { name: 'View Channel', bit: 1n << 10n },
  { name: 'Send Messages', bit: 1n << 11n },
  { name: 'Send Messages in Threads', bit: 1n << 38n },
  { name: 'Create Public Threads', bit: 1n << 35n },
  { name: 'Read Message History', bit: 1n << 16n },
  { name: 'Attach Files', bit: 1n << 15n },
  { name: 'Embed Links', bit: 1n << 14n },
] as const;

export const permissions = {
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  manageMessages: 1n << 13n,
  manageRoles: 1n << 28n,
  manageThreads: 1n << 34n,
} as const;

/** The languages of Discord that the bot speaks. */
export const languages = [
  { locale: 'en-US', name: 'English' },
  { locale: 'de', name: 'Deutsch' },
  { locale: 'es-ES', name: 'Español' },
  { locale: 'fr', name: 'Français' },
  { locale: 'ja', name: '日本語' },
  { locale: 'zh-CN', name: '中文' },
] as const;

/** Discord's limit on a person's message. */
export const maxMessageLength = 2_000;

/** How long one typing notice shows. */
export const typingMs = 10_000;
