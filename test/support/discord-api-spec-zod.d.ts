// The package's schemas come without types of their own.
declare module 'discord-api-spec/zod';
