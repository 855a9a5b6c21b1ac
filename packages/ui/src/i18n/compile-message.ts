/** What vue-i18n gives a message when it is shown. */
type Showing = Readonly<{ named: (key: string) => unknown; plural: (forms: string[]) => string }>;
export type Message = (showing: Showing) => string;

/**
 * A message as a function: `{name}` is replaced, `one | many` is chosen by the count. That is all our messages
 * use, and it spares every reader the download of a general compiler; no other sign has a meaning.
 */
export function compileMessage(text: string): Message {
  const forms = text.split(' | ');
  return ({ named, plural }) => {
    const form = forms.length > 1 ? plural(forms) : text;
    return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(named(name) ?? ''));
  };
}
