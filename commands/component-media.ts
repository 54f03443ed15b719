// What bots and webhooks show by components of the second version: pictures in galleries, as files, and small ones beside
// a text. Discord tells no attachments of such a message.
import {
  type APIContainerComponent,
  type APIMediaGalleryItem,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  ComponentType,
} from 'discord.js';

export interface ComponentMedia {
  readonly media: APIUnfurledMediaItem;
  /** Beside a text, as the small picture of an embed. */
  readonly isSmall: boolean;
  readonly isHidden: boolean;
  readonly description?: string;
}

type Component = APIMessageTopLevelComponent | APIContainerComponent['components'][number];

/** In the order in which they show, videos and what Discord has not looked at yet among them. */
export function mediaIn(components: readonly Component[]): ComponentMedia[] {
  return components.flatMap(mediaInOne);
}

export function isPictureMedia({ media }: ComponentMedia): boolean {
  return media.content_type?.startsWith('image/') === true;
}

function mediaInOne(component: Component): ComponentMedia[] {
  switch (component.type) {
    case ComponentType.Container: {
      const { spoiler: isCovered = false } = component;
      const inside = component.components.flatMap(mediaInOne);
      return inside.map((one) => ({ ...one, isHidden: isCovered || one.isHidden }));
    }
    case ComponentType.MediaGallery:
      return component.items.map((item) => mediaOf(item, false));
    case ComponentType.File:
      return [mediaOf({ media: component.file, spoiler: component.spoiler ?? false }, false)];
    case ComponentType.Section:
      return component.accessory.type === ComponentType.Thumbnail ? [mediaOf(component.accessory, true)] : [];
    default:
      return [];
  }
}

function mediaOf({ media, description, spoiler = false }: APIMediaGalleryItem, isSmall: boolean) {
  return { media, isSmall, isHidden: spoiler, ...(description && { description }) };
}
