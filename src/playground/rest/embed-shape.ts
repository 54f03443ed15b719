// Embeds, with the limits that Discord sets to each and to all of a message together.
import { z } from 'zod';
import { problem, requiredText, text } from './forms.ts';

const mostCharacters = 6_000;

const url = z.string().check(({ value, issues }) => {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(value)?.[1]?.toLowerCase() ?? '';
  if (['http', 'https', 'attachment'].includes(scheme)) return;
  const message = `Scheme "${scheme}" is not supported. Scheme must be one of ('http', 'https').`;
  issues.push(problem(value, [], 'URL_TYPE_INVALID_SCHEME', message));
});

const timestamp = z.string().check(({ value, issues }) => {
  if (!Number.isNaN(Date.parse(value))) return;
  issues.push(problem(value, [], 'DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`));
});

const embed = z
  .looseObject({
    title: text(256).nullish(),
    description: text(4_096).nullish(),
    url: url.nullish(),
    color: z.int().min(0).max(0xffffff).nullish(),
    timestamp: timestamp.nullish(),
    image: z.looseObject({ url }).nullish(),
    thumbnail: z.looseObject({ url }).nullish(),
    fields: z
      .array(z.looseObject({ name: requiredText(256), value: requiredText(1_024) }))
      .max(25)
      .nullish(),
    footer: z.looseObject({ text: requiredText(2_048), icon_url: url.nullish() }).nullish(),
    author: z.looseObject({ name: requiredText(256), url: url.nullish(), icon_url: url.nullish() }).nullish(),
  })
  .check(({ value, issues }) => {
    const { title, description, image, thumbnail, fields, footer, author } = value;
    const shows = title || description || image || thumbnail || fields?.length || footer || author;
    if (!shows) issues.push(problem(value, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required'));
  });

export const embeds = z
  .array(embed)
  .max(10)
  .check(({ value, issues }) => {
    if (value.reduce((sum, one) => sum + charactersOf(one), 0) <= mostCharacters) return;
    const message = `Embed size exceeds maximum size of ${mostCharacters}`;
    issues.push(problem(value, [], 'MAX_EMBED_SIZE_EXCEEDED', message));
  });

function charactersOf({ title, description, fields, footer, author }: z.output<typeof embed>): number {
  const inFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [title, description, footer?.text, author?.name, ...inFields].join('').length;
}
