// The Discord components that the page draws with. Their defaults fetch avatars from Discord's CDN, so the local
// ones have to be in place before the first of them is evaluated: this module is imported ahead of them.

import { personAvatar } from './avatars.ts';

const avatars = { default: personAvatar, blue: personAvatar, gray: personAvatar, green: personAvatar };

Object.assign(globalThis, {
  $discordMessage: { avatars: { ...avatars, orange: personAvatar, red: personAvatar, pink: personAvatar } },
});
