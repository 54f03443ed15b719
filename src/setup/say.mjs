/** To stderr: what a script prints on stdout is left to the script. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
