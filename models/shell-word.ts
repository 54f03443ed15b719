// Commands in messages are there to be copied, whatever a folder is called.
const PLAIN = process.platform === 'win32' ? /^[\w@%+=:,.~/\\-]+$/ : /^[\w@%+=:,./-]+$/;

/** A path as one word of a command: quoted where a shell would take it apart. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
