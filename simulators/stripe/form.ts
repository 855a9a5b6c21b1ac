/** A decoded form: text, or nested forms under their names (lists under `0`, `1`…). */
export type Form = { [key: string]: string | Form };

const MAX_DEPTH = 8;

/** Decodes `a[b][0][c]=x` the way Stripe's clients write nested parameters. */
export function decodeForm(body: string): Form {
  const form = emptyForm();
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll(']', '').split('[').slice(0, MAX_DEPTH);
    place(form, path, value);
  }
  return form;
}

function emptyForm(): Form {
  // Without a prototype, so that a parameter called `constructor` is only a parameter.
  return Object.create(null) as Form;
}

function place(form: Form, path: readonly string[], value: string): void {
  let at = form;
  for (const key of path.slice(0, -1)) {
    // `expand[]=x` is a list too: the next free number.
    const step = key === '' ? String(Object.keys(at).length) : key;
    const next = at[step];
    const child = typeof next === 'object' ? next : emptyForm();
    at[step] = child;
    at = child;
  }
  const last = path.at(-1) ?? '';
  at[last === '' ? String(Object.keys(at).length) : last] = value;
}

/** Text at a path, or undefined. */
export function formText(form: Form, ...path: string[]): string | undefined {
  const parent = formAt(form, ...path.slice(0, -1));
  const value = parent[path.at(-1) ?? ''];
  return typeof value === 'string' ? value : undefined;
}

/** The form at a path; an empty one when there is none. */
export function formAt(form: Form, ...path: string[]): Form {
  let at = form;
  for (const key of path) {
    const next = at[key];
    if (typeof next !== 'object') return emptyForm();
    at = next;
  }
  return at;
}

/** The texts of a list at a path. */
export function formList(form: Form, ...path: string[]): string[] {
  return Object.values(formAt(form, ...path)).filter((value) => typeof value === 'string');
}

/** The text fields of a form at a path. */
export function formTexts(form: Form, ...path: string[]): Record<string, string> {
  const entries = Object.entries(formAt(form, ...path));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
