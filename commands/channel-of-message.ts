// Where a message is whose id alone is known: here, or in the channel above, for the one that a thread is about.

interface Place {
  readonly channelId: string;
  readonly channel: { readonly parentId?: string | null } | object | null;
}

/** A thread has the id of the message that it hangs on, which is in the channel above. */
export function channelOfMessage({ channelId, channel }: Place, messageId: string): string {
  const parentId = channel && 'parentId' in channel ? channel.parentId : undefined;
  return messageId === channelId && parentId ? parentId : channelId;
}
