// Which errors are a person's to mend, and so are shown by their message alone.

/** Each of these says in its message what the person got wrong and what to do. */
const mistakes = new Set([
  'UsageError',
  'ConfigError',
  'CheckpointError',
  'DeviceError',
  'NumberError',
  'ImageError',
  'RequestError',
  'ConversationError',
  'StoreError',
  'ConnectError',
  'PlaygroundError',
  'HubError',
]);

export function isMistake(error: Error): boolean {
  return mistakes.has(error.name);
}
