// The first event of a session.

import { gatewayUrl } from '../state/addresses.ts';
import { applicationObject } from '../state/application.ts';
import { isBotMember } from '../state/bot-membership.ts';
import type { World } from '../state/world.ts';
import type { Session } from './session.ts';

export function ready(world: World, session: Session): object {
  const { id, flags } = applicationObject(world);
  return {
    v: 10,
    user: { ...world.bot, verified: true, mfa_enabled: false, email: null },
    guilds: isBotMember(world) ? [{ id: world.guild.id, unavailable: true }] : [],
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: gatewayUrl(world),
    shard: [0, 1],
    application: { id, flags },
  };
}
