/** Every address of an app by name: `{ invoice: '/invoices/:id' }`. */
export type PathTable = Readonly<Record<string, string>>;

/** The parameters of a path, from its own text: `/j/job/:name` asks for `name`. */
export type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof PathParams<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>;

/** What `hrefOf` takes after the name: the parameters (only when there are some), then a query. */
export type HrefArguments<Path extends string> = keyof PathParams<Path> extends never
  ? [params?: Record<never, string>, query?: Record<string, string>]
  : [params: PathParams<Path>, query?: Record<string, string>];

/** Makes the function that turns a route's name and parameters into an `href`; the compiler knows each path. */
export function hrefsOf<const Paths extends PathTable>(paths: Paths) {
  return <Name extends keyof Paths & string>(
    name: Name,
    ...[params, query]: HrefArguments<Paths[Name]>
  ): string => {
    const given: Record<string, string> = { ...params };
    const path =
      paths[name]?.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(given[key] ?? '')) ?? '/';
    const search = new URLSearchParams(query).toString();
    return `#${path}${search === '' ? '' : `?${search}`}`;
  };
}
