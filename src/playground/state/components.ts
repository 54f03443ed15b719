// Buttons and the rows they stand in, as they come back from Discord: numbered, and with the rules that a request
// may break.
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';
import { type FieldProblem, invalidFormOf } from '../errors.ts';

interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly style?: number;
  readonly label?: string | null;
  readonly emoji?: object | null;
  readonly url?: string | null;
  readonly disabled?: boolean;
  readonly options?: readonly Partial<Option>[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  /** Of a gallery. */
  readonly items?: readonly object[];
}

interface Option {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean;
}

/** What a component has where the bot leaves it out. */
const mediaDefaults = { description: null, spoiler: false };
const defaults: Readonly<Record<number, object>> = {
  [ComponentType.StringSelect]: { min_values: 1, max_values: 1, disabled: false },
  [ComponentType.Thumbnail]: mediaDefaults,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};
const mostOptions = 25;
const mostOptionCharacters = 100;
const mostInRow = 5;
const mostRows = 5;
const selects: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/**
 * Gives each component its `id`, as Discord does.
 * @param areV2 whether the message has MessageFlags.IsComponentsV2; without it, there are rows alone
 * @throws DiscordError 50035 that names every wrong field
 */
export function acceptComponents(
  components: readonly unknown[],
  { areV2 }: { readonly areV2: boolean },
): APIMessageTopLevelComponent[] {
  const given = components as readonly Component[];
  const problems = [
    ...(areV2 ? [] : problemsOfRows(given)),
    ...given.flatMap((component, index) => problemsIn(component, ['components', String(index)])),
    ...duplicates(given),
  ];
  if (problems.length > 0) throw invalidFormOf(problems);
  let next = 0;
  const number = (component: Component): Component => {
    next += 1;
    return {
      ...defaults[component.type],
      ...component,
      id: component.id || next,
      ...(component.items && { items: component.items.map((item) => ({ ...mediaDefaults, ...item })) }),
      ...(component.components && { components: component.components.map(number) }),
      ...(component.accessory && { accessory: number(component.accessory) }),
    };
  };
  return given.map(number) as unknown as APIMessageTopLevelComponent[];
}

/** Every component, from every depth. */
export function* componentsIn(components: readonly unknown[]): Generator<Component> {
  for (const [, component] of withPaths(components as readonly Component[], [])) yield component;
}

type Path = readonly string[];

function* withPaths(components: readonly Component[], path: Path): Generator<[Path, Component]> {
  for (const [index, component] of components.entries()) {
    const here = [...path, String(index)];
    yield [here, component];
    yield* withPaths(component.components ?? [], [...here, 'components']);
    if (component.accessory !== undefined) {
      yield [[...here, 'accessory'], component.accessory];
    }
  }
}

function problemsOfRows(components: readonly Component[]): FieldProblem[] {
  if (components.length > mostRows) return [badLength(['components'], mostRows)];
  return components.flatMap(({ type }, index) =>
    type === ComponentType.ActionRow ? [] : [wrongType(['components', String(index)], '1,')],
  );
}

function problemsIn(component: Component, path: Path): FieldProblem[] {
  const children = component.components ?? [];
  return [
    ...(component.type === ComponentType.ActionRow ? problemsOfRow(children, path) : []),
    ...(component.type === ComponentType.Button ? problemsOfButton(component, path) : []),
    ...(component.type === ComponentType.StringSelect ? problemsOfMenu(component, path) : []),
    ...children.flatMap((child, index) => problemsIn(child, [...path, 'components', String(index)])),
    ...(component.accessory === undefined ? [] : problemsIn(component.accessory, [...path, 'accessory'])),
  ];
}

/** Five buttons, or one select, which is as wide as they. */
function problemsOfRow(children: readonly Component[], path: Path): FieldProblem[] {
  const inside = [...path, 'components'];
  if (children.length === 0 || children.length > mostInRow) return [badLength(inside, mostInRow)];
  const fits = ({ type }: Component) => type === ComponentType.Button || selects.includes(type);
  const wrong = children.flatMap((child, index) =>
    fits(child) ? [] : [wrongType([...inside, String(index)], '2, 3, 5, 6, 7, 8')],
  );
  const isTooWide = children.length > 1 && children.some(({ type }) => selects.includes(type));
  if (!isTooWide) return wrong;
  const message = 'The specified component exceeds the maximum width';
  return [...wrong, { path, code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
}

function problemsOfButton({ style, custom_id, url, label, emoji }: Component, path: Path): FieldProblem[] {
  const leadsAway = style === ButtonStyle.Link || style === ButtonStyle.Premium;
  const problems: FieldProblem[] = [];
  const add = (field: string, code: string, message: string) =>
    problems.push({ path: [...path, field], code, message });
  if (style === undefined) add('style', 'BASE_TYPE_REQUIRED', 'This field is required');
  else if (ButtonStyle[style] === undefined) {
    add('style', 'BASE_TYPE_CHOICES', 'Value must be one of {1, 2, 3, 4, 5, 6}.');
  }
  if (custom_id !== undefined && url != null) {
    add('custom_id', 'BASE_TYPE_CHOICES', 'A custom id and url cannot both be specified');
  } else if (!leadsAway && custom_id === undefined) {
    add('custom_id', 'BASE_TYPE_REQUIRED', 'A custom id is required');
  } else if (style === ButtonStyle.Link && url == null) {
    add('url', 'BASE_TYPE_REQUIRED', 'A url is required');
  }
  if (style !== ButtonStyle.Premium && !label && emoji == null) {
    add('label', 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  return problems;
}

function problemsOfMenu({ custom_id, options = [], max_values: most = 1 }: Component, path: Path) {
  const inside = [...path, 'options'];
  const problems: FieldProblem[] = [];
  const add = (at: Path, code: string, message: string) => problems.push({ path: at, code, message });
  if (custom_id === undefined) add([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (options.length === 0 || options.length > mostOptions) problems.push(badLength(inside, mostOptions));
  for (const [index, option] of options.entries()) {
    for (const field of ['label', 'value'] as const) {
      const { length } = option[field] ?? '';
      const here = [...inside, String(index), field];
      if (length === 0 || length > mostOptionCharacters) problems.push(badLength(here, mostOptionCharacters));
    }
    if (options.findIndex(({ value }) => value === option.value) < index) {
      const message = 'The specified option value is already used';
      add([...inside, String(index), 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message);
    }
  }
  if (options.filter((option) => option.default).length > most) {
    add(inside, 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'Too many options are chosen by default');
  }
  return problems;
}

function duplicates(components: readonly Component[]): FieldProblem[] {
  const seen = new Set<string>();
  return [...withPaths(components, ['components'])].flatMap(([path, { custom_id: id }]) => {
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    const message = 'Component custom id cannot be duplicated';
    return [{ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message }];
  });
}

function badLength(path: Path, most: number): FieldProblem {
  return { path, code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 1 and ${most} in length.` };
}

function wrongType(path: Path, types: string): FieldProblem {
  return { path, code: 'UNION_TYPE_CHOICES', message: `Value of field "type" must be one of (${types}).` };
}
