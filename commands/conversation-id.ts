// Names of the memories. A thread has the id of the message it hangs on, so that the kind is part of the name.

export const threadConversation = (threadId: string): string => `thread:${threadId}`;
const direct = 'dm:';
export const directConversation = (channelId: string): string => `${direct}${channelId}`;
export const isDirect = (conversationId: string): boolean => conversationId.startsWith(direct);
/** In a channel, the talk hangs on the image's message. */
export const channelConversation = (messageId: string): string => `channel:${messageId}`;
