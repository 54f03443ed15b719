// Names of the memories. A thread has the id of the message it hangs on, so that the kind is part of the name.

export const threadConversation = (threadId: string): string => `thread:${threadId}`;
export const directConversation = (channelId: string): string => `dm:${channelId}`;
/** In a channel, the talk hangs on the image's message. */
export const channelConversation = (messageId: string): string => `channel:${messageId}`;
