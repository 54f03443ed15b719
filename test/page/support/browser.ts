// Debian's Chromium, kept from talking to anybody but the program.
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
const isAbsent = !existsSync(executablePath);

/** On CI the tests run whether Chromium is there or not, and fail where it isn't. */
export const isSkipped = isAbsent && !process.env.CI;
export const why = isSkipped ? ` (skipped: ${executablePath} is absent; install Debian's chromium)` : '';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** Requests to other hosts, errors on the console, exceptions: all that must not happen. */
  readonly complaints: readonly string[];
}

export async function visit(browser: Browser, url: string, viewport = desktop): Promise<Visit> {
  const isPhone = viewport === phone;
  const context = await browser.newContext({
    viewport,
    hasTouch: isPhone,
    isMobile: isPhone,
    reducedMotion: 'reduce',
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(url).host)
      complaints.push(`fetched ${request.url()}`);
  });
  await page.goto(url);
  await page.getByRole('heading', { name: /Welcome to/ }).waitFor();
  return { page, complaints };
}
