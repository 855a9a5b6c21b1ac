/** The fields of a form body; the last of several with one name. */
export function formFields(body: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : ''));
}
