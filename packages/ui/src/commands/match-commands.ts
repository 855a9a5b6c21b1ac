import type { Command } from './command.ts';

/** More results than this are not read; a longer word finds better. */
const MATCHES_MAX = 12;

/**
 * Commands that hold every word typed, accents and case forgiven: those whose title starts with what was typed
 * first, then those with a word that does, then the others; equals keep their order.
 */
export function matchCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = plain(typed).split(' ').filter(Boolean);
  if (words.length === 0) return commands.slice(0, MATCHES_MAX);
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .slice(0, MATCHES_MAX)
    .map(({ command }) => command);
}

/** Letters without accents or case, as people type when in a hurry. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[’']/g, ' ')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function rankOf(command: Command, words: readonly string[]): number {
  const title = plain(command.title);
  const everything = plain(`${command.title} ${command.hint ?? ''} ${command.words ?? ''}`);
  if (!words.every((word) => everything.includes(word))) return 0;
  const [first = ''] = words;
  if (title.startsWith(words.join(' '))) return 3;
  return title.split(' ').some((part) => part.startsWith(first)) ? 2 : 1;
}
