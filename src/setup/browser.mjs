// Installs what the browser tests need where that is a matter of apt-get: Chromium with SwiftShader's Vulkan,
// the Vulkan loader, and fonts. Elsewhere it says why not, and those tests skip by name.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './say.mjs';

const vulkanLoaders = [
  '/usr/lib/x86_64-linux-gnu/libvulkan.so.1',
  '/usr/lib/aarch64-linux-gnu/libvulkan.so.1',
];
const packages = ['chromium', 'libvulkan1', 'fonts-liberation', 'fonts-noto-color-emoji'];

export function installBrowser() {
  if (existsSync('/usr/bin/chromium') && vulkanLoaders.some((file) => existsSync(file))) return;
  const reason = whyNot();
  if (reason) {
    say(`Tests in a browser or on WebGPU will skip: Chromium or libvulkan.so.1 is absent, and ${reason}`);
    return;
  }
  say('Installing Chromium for the browser tests ...');
  const installed =
    asRoot('apt-get', 'update', '-qq') &&
    asRoot('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (!installed) {
    say("Chromium could not be installed; apt-get's message stands above. Tests that need it will skip.");
  }
}

/** @returns {string | undefined} undefined where apt-get may install */
function whyNot() {
  if (!existsSync('/usr/bin/apt-get')) return 'only apt-get is known here. Install Chromium at that path.';
  if (isRoot() || spawnSync('sudo', ['-n', 'true']).status === 0) return undefined;
  return `installing it needs root. Run: sudo apt-get install ${packages.join(' ')}`;
}

function asRoot(...command) {
  const [program = '', ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 2], env }).status === 0;
}

const isRoot = () => process.getuid?.() === 0;
