/**
 * Passes on to children whatever asks this process to end; it ends when they have.
 * @param {readonly import('node:child_process').ChildProcess[]} children
 */
export function passSignals(children) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const child of children) child.kill(signal);
    });
  }
}
