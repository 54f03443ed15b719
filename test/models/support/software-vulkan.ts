// A Vulkan driver in software, so that WebGPU runs where there is no GPU: SwiftShader, as browsers of Chromium's kin
// carry it.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What Vulkan's loader is pointed to; undefined where there is none. */
export function findSoftwareVulkan(): string | undefined {
  const playwright = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  const folders = [
    '/usr/lib/chromium', // of Debian's package chromium-common
    '/opt/google/chrome',
    ...namesIn(playwright).flatMap((name) =>
      namesIn(join(playwright, name)).map((inner) => join(playwright, name, inner)),
    ),
  ];
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((file) => existsSync(file));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it isn't there
  }
}
