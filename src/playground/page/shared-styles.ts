// Rules that every component needs inside its shadow root.
import { css } from 'lit';

export const sharedStyles = css`
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    margin: 0;
    text-align: inherit;
    cursor: pointer;
  }
  button:disabled { cursor: not-allowed; }
  a { color: var(--link); text-decoration: none; }
  a:hover { text-decoration: underline; }
  :focus { outline: none; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
  h1, h2, h3, p, ul, ol { margin: 0; padding: 0; }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .app-tag {
    display: inline-flex;
    align-items: center;
    height: 15px;
    padding: 0 4.4px;
    border-radius: 4px;
    background: var(--blurple);
    color: #fff;
    font-size: 10px;
    font-weight: 600;
    line-height: 1;
    text-transform: uppercase;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 32px;
    padding: 2px 16px;
    border-radius: 4px;
    color: #fff;
    font-size: 14px;
    font-weight: 500;
    background: var(--blurple);
    transition: background-color 0.17s ease;
  }
  .button:hover:not(:disabled) { background: var(--blurple-hover); }
  .button.grey { background: var(--grey-button); }
  .button.grey:hover:not(:disabled) { background: var(--grey-button-hover); }
  .dots { display: inline-flex; gap: 3px; align-items: center; }
  .dots i {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: currentColor;
    animation: dot 1.4s infinite ease-in-out;
  }
  .dots i:nth-child(2) { animation-delay: 0.2s; }
  .dots i:nth-child(3) { animation-delay: 0.4s; }
  @keyframes dot {
    0%, 60%, 100% { opacity: 0.3; transform: scale(0.8); }
    30% { opacity: 1; transform: scale(1); }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation: none !important; transition: none !important; }
  }
`;
