// The page's icons, drawn for it; each takes the colour of the text around it.
import { html, type TemplateResult } from 'lit';

type Icon = (sizePx?: number) => TemplateResult;

function filled(path: string): Icon {
  return (sizePx = 24) => html`<svg
    aria-hidden="true" width=${sizePx} height=${sizePx} viewBox="0 0 24 24" fill="currentColor"
  ><path fill-rule="evenodd" d=${path} /></svg>`;
}

function stroked(path: string): Icon {
  return (sizePx = 24) => html`<svg
    aria-hidden="true" width=${sizePx} height=${sizePx} viewBox="0 0 24 24"
    fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
  ><path d=${path} /></svg>`;
}

export const icons = {
  hash: stroked('M10 3 7.5 21M16.5 3 14 21M4 8.5h17M3 15.5h17'),
  thread: stroked('M10 3 7.5 15M16.5 3l-1 7M4 7.5h17M3 13h6M12 14.5h9v5h-6l-3 2.5z'),
  reply: filled(
    'M10 8.3V4.4a.7.7 0 0 0-1.2-.5L2 10.7a1 1 0 0 0 0 1.4l6.8 6.8a.7.7 0 0 0 1.2-.5v-4.1c5.4 0 8.8 1.7 11.2 5.5.3.5 1 .2.9-.3C21.3 13 17.5 8.9 10 8.3z',
  ),
  plus: filled(
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5a1 1 0 1 0-2 0v4H7a1 1 0 1 0 0 2h4v4a1 1 0 1 0 2 0v-4h4a1 1 0 1 0 0-2h-4z',
  ),
  close: stroked('M6 6l12 12M18 6 6 18'),
  closeFilled: filled(
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.7 7.3a1 1 0 0 0-1.4 1.4L10.6 12l-3.3 3.3a1 1 0 1 0 1.4 1.4L12 13.4l3.3 3.3a1 1 0 0 0 1.4-1.4L13.4 12l3.3-3.3a1 1 0 0 0-1.4-1.4L12 10.6z',
  ),
  trash: stroked('M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5'),
  upload: stroked('M12 16V4M7 9l5-5 5 5M4 16v4h16v-4'),
  picture: stroked('M4 4h16v16H4zM4 16l5-5 4 4 2-2 5 5M15.5 9h.01'),
  send: filled(
    'M3.3 3.2a1 1 0 0 1 1.1-.1l17 8a1 1 0 0 1 0 1.8l-17 8a1 1 0 0 1-1.4-1.2L5.6 13H13a1 1 0 1 0 0-2H5.6L3 4.3a1 1 0 0 1 .3-1.1z',
  ),
  menu: stroked('M4 6h16M4 12h16M4 18h16'),
  help: stroked(
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h.01',
  ),
  people: filled(
    'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm8 1a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 20c0-4 3-7 7-7s7 3 7 7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zm15.9 1H21a1 1 0 0 0 1-1c0-3.5-2-6-5-6-.5 0-1 .1-1.5.2A9 9 0 0 1 18 20c0 .4 0 .7-.1 1z',
  ),
  more: stroked('M5 12h.01M12 12h.01M19 12h.01'),
  gear: stroked(
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM19 12a7 7 0 0 0-.1-1.2l2-1.6-2-3.4-2.4 1a7 7 0 0 0-2-1.2L14 3h-4l-.5 2.6a7 7 0 0 0-2 1.2l-2.4-1-2 3.4 2 1.6a7 7 0 0 0 0 2.4l-2 1.6 2 3.4 2.4-1a7 7 0 0 0 2 1.2L10 21h4l.5-2.6a7 7 0 0 0 2-1.2l2.4 1 2-3.4-2-1.6c.1-.4.1-.8.1-1.2z',
  ),
  forward: filled(
    'M14 8.3V4.4a.7.7 0 0 1 1.2-.5l6.8 6.8a1 1 0 0 1 0 1.4l-6.8 6.8a.7.7 0 0 1-1.2-.5v-4.1c-5.4 0-8.8 1.7-11.2 5.5-.3.5-1 .2-.9-.3C2.7 13 6.5 8.9 14 8.3z',
  ),
  pencil: stroked('M4 20l1-5L16 4l4 4L9 19zM13 7l4 4'),
  link: stroked('M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1'),
  smile: stroked('M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01'),
  crown: filled('M3 18h18v2H3zM3 7l5 4 4-7 4 7 5-4-2 9H5z'),
  check: stroked('M5 12l5 5 9-10'),
  chevronDown: stroked('M6 9l6 6 6-6'),
  chevronRight: stroked('M9 6l6 6-6 6'),
  eye: stroked('M2 12s3.5-6 10-6 10 6 10 6-3.5 6-10 6-10-6-10-6zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z'),
  warning: stroked(
    'M12 9v4M12 17h.01M10.3 4 2.5 18a2 2 0 0 0 1.7 3h15.6a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0z',
  ),
  command: stroked('M4 4h16v16H4zM14 8l-4 8'),
  external: stroked('M14 4h6v6M20 4l-9 9M18 14v6H4V6h6'),
  file: stroked('M6 3h8l5 5v13H6zM14 3v5h5'),
  at: stroked('M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM16 12v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5'),
} as const satisfies Record<string, Icon>;
