// What components ask of the page around them, as events that cross shadow roots.
import type { APIMessage } from 'discord.js';
import type { SampleImage } from '../page-api.ts';

export interface ShownImage {
  readonly url: string;
  readonly name: string;
}

export interface PageRequests {
  /** With the channel's id. */
  readonly 'open-channel': string;
  readonly 'open-image': ShownImage;
  readonly 'toggle-menu': undefined;
  readonly 'toggle-members': undefined;
  readonly 'show-help': undefined;
  readonly 'show-channel-settings': undefined;
  readonly 'show-thread-settings': undefined;
  /** Opens the card of a member beside a place on the page. */
  readonly 'open-member': { readonly userId: string; readonly x: number; readonly y: number };
  /** With the id of the person to be. */
  readonly 'act-as': string;
  readonly 'open-direct-messages': undefined;
  /** Opens a slash command in the composer, by name. */
  readonly 'use-command': string;
  /** Begins a reply to the newest picture. */
  readonly 'ask-about-newest': undefined;
  /** With the id of a message to scroll to. */
  readonly 'jump-to': string;
  readonly 'reply-to': APIMessage;
  /** Files that are to be attached to the next message. */
  readonly 'attach-files': readonly File[];
  /** A sample to post at once. */
  readonly 'post-sample': SampleImage;
  readonly 'press-button': { readonly message: APIMessage; readonly customId: string };
  readonly 'choose-option': {
    readonly message: APIMessage;
    readonly customId: string;
    readonly value: string;
  };
  readonly 'dismiss-message': APIMessage;
  /** Asks where to. */
  readonly 'forward-message': APIMessage;
  /** Asks whether to. */
  readonly 'delete-message': APIMessage;
  /** Puts words where one writes. */
  readonly 'insert-text': string;
  /** Opens a message's menu at a place on the page. */
  readonly 'open-menu': { readonly message: APIMessage; readonly x: number; readonly y: number };
}

export function ask<Name extends keyof PageRequests>(
  from: EventTarget,
  name: Name,
  detail: PageRequests[Name],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

type PageRequestEvents = { [Name in keyof PageRequests]: CustomEvent<PageRequests[Name]> };

declare global {
  interface HTMLElementEventMap extends PageRequestEvents {}
}
