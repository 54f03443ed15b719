// Buttons and the rows they stand in, as they come back from Discord: numbered, and with the rules that a request
// may break.
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';
import { invalidForm } from '../errors.ts';

interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly style?: number;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
}

/** Gives each component its `id`, as Discord does. @throws DiscordError 50035 */
export function acceptComponents(components: readonly unknown[]): APIMessageTopLevelComponent[] {
  let next = 0;
  const customIds = new Set<string>();
  const accept = (component: Component, path: string): Component => {
    next += 1;
    checkButton(component, path);
    if (component.custom_id !== undefined) {
      if (customIds.has(component.custom_id)) {
        throw invalidForm(path, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
      }
      customIds.add(component.custom_id);
    }
    return {
      ...component,
      id: component.id || next,
      ...(component.components === undefined
        ? {}
        : {
            components: component.components.map((child, index) =>
              accept(child, `${path}.components.${index}`),
            ),
          }),
      ...(component.accessory === undefined
        ? {}
        : { accessory: accept(component.accessory, `${path}.accessory`) }),
    };
  };
  const accepted = components.map((component, index) =>
    accept(component as Component, `components.${index}`),
  );
  return accepted as unknown as APIMessageTopLevelComponent[];
}

/** Every component, from every depth. */
export function* componentsIn(components: readonly unknown[]): Generator<Component> {
  for (const component of components as readonly Component[]) {
    yield component;
    if (component.components !== undefined) yield* componentsIn(component.components);
    if (component.accessory !== undefined) yield* componentsIn([component.accessory]);
  }
}

function checkButton({ type, style, custom_id }: Component, path: string): void {
  if (type !== ComponentType.Button) return;
  const hasNoCustomId = style === ButtonStyle.Link || style === ButtonStyle.Premium;
  if (!hasNoCustomId && custom_id === undefined) {
    throw invalidForm(`${path}.custom_id`, 'BASE_TYPE_REQUIRED', 'A custom id is required');
  }
}
