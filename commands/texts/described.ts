// Names and descriptions of commands in all languages.
import type { ContextMenuCommandBuilder, LocalizationMap } from 'discord.js';
import { en } from './en.ts';
import { localizations, type TextKey } from './texts.ts';

/** Keys of a name that has a description beside it. */
type OptionKey = { [Key in TextKey]: `${Key}Help` extends TextKey ? Key : never }[TextKey];

interface Describable {
  setDescription(text: string): this;
  setDescriptionLocalizations(texts: LocalizationMap): this;
}

interface Nameable {
  setName(name: string): this;
  setNameLocalizations(names: LocalizationMap): this;
}

/** A slash command keeps its English name: people tell each other of it. */
export function described<Part extends Describable>(part: Part, key: TextKey): Part {
  return part.setDescription(en[key]).setDescriptionLocalizations(localizations(key));
}

export function option<Part extends Describable & Nameable>(part: Part, key: OptionKey): Part {
  return described(part.setName(en[key]).setNameLocalizations(localizations(key)), `${key}Help`);
}

export function choice(key: TextKey, value: string) {
  return { name: en[key], name_localizations: localizations(key), value };
}

/** An entry of a message's menu. */
export function menuEntry(part: ContextMenuCommandBuilder, key: TextKey): ContextMenuCommandBuilder {
  return part.setName(en[key]).setNameLocalizations(localizations(key));
}
