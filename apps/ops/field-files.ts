import type { Plugin } from 'vite';

/** Files of the last build that the technician's module needs to open without a network. */
export type FieldFiles = Readonly<{ plugin: Plugin; has: (file: string) => boolean }>;

/**
 * Follows imports from the entry and from every chunk made of `src/field`: what they need is kept on the phone,
 * what only the office opens is not.
 */
export function fieldFiles(): FieldFiles {
  const kept = new Set<string>();
  return {
    has: (file) => kept.has(file),
    plugin: {
      name: 'field-files',
      generateBundle(_, bundle) {
        const keep = (file: string): void => {
          if (kept.has(file)) return;
          kept.add(file);
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk') return;
          for (const next of chunk.imports) keep(next);
          for (const style of chunk.viteMetadata?.importedCss ?? []) keep(style);
          for (const asset of chunk.viteMetadata?.importedAssets ?? []) keep(asset);
        };
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          const ours = Object.keys(chunk.modules).some((id) =>
            /\/src\/(field|session)\/|\/messages\/\w+\/(everywhere|index)\.ts$/.test(id),
          );
          if (chunk.isEntry || ours) keep(chunk.fileName);
        }
        for (const file of Object.keys(bundle)) if (/\.(woff2|html)$|workbox-window/.test(file)) keep(file);
      },
    },
  };
}
