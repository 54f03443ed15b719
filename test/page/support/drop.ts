// Drags files over a part of the page and lets them go.
import type { Page } from 'playwright-core';

/** @param files their bytes, by name */
export async function drop(
  page: Page,
  files: Readonly<Record<string, Uint8Array>>,
  onto = 'blip-message-list',
): Promise<void> {
  const named = Object.entries(files).map(([name, bytes]) => [name, [...bytes]] as const);
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of given)
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    return transfer;
  }, named);
  const target = page.locator(onto);
  await target.dispatchEvent('dragenter', { dataTransfer });
  await page.getByText('Upload to #pictures').waitFor();
  await target.dispatchEvent('drop', { dataTransfer });
}
