// The bot's application, as its developer sees it.
import { ApplicationFlags } from 'discord.js';
import type { World } from './world.ts';

export function applicationObject(world: World) {
  const { messageContent, members, presences } = world.privileged;
  const flags =
    (messageContent ? ApplicationFlags.GatewayMessageContentLimited : 0) |
    (members ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (presences ? ApplicationFlags.GatewayPresenceLimited : 0);
  return {
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: '',
    type: null,
    bot: world.bot,
    owner: world.me,
    team: null,
    verify_key: '0'.repeat(64),
    flags,
    flags_new: flags.toString(),
    bot_public: true,
    bot_require_code_grant: false,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    tags: [],
    integration_types_config: { 0: {} },
  };
}
