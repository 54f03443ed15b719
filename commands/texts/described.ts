// Names and descriptions of commands in all languages.
import type { ContextMenuCommandBuilder, LocalizationMap } from 'discord.js';
import { english, localizations, type PlainKey } from './texts.ts';

/** Keys of a name that has a description beside it. */
type OptionKey = { [Key in PlainKey]: `${Key}Help` extends PlainKey ? Key : never }[PlainKey];

interface Describable {
  setDescription(text: string): this;
  setDescriptionLocalizations(texts: LocalizationMap): this;
}

interface Nameable {
  setName(name: string): this;
  setNameLocalizations(names: LocalizationMap): this;
}

/** A slash command keeps its English name: people tell each other of it. */
export function described<Part extends Describable>(part: Part, key: PlainKey): Part {
  return part.setDescription(english[key]).setDescriptionLocalizations(localizations(key));
}

export function option<Part extends Describable & Nameable>(part: Part, key: OptionKey): Part {
  return described(part.setName(english[key]).setNameLocalizations(localizations(key)), `${key}Help`);
}

export function choice(key: PlainKey, value: string) {
  return { name: english[key], name_localizations: localizations(key), value };
}

/** An entry of a message's menu. */
export function menuEntry(part: ContextMenuCommandBuilder, key: PlainKey): ContextMenuCommandBuilder {
  return part.setName(english[key]).setNameLocalizations(localizations(key));
}
