import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { completedKeys, keyNames, keyToken } from './key-token.ts';
import { matchCommands, plain } from './match-commands.ts';

const command = (title: string, words = ''): Command => ({ id: title, title, words, run: () => undefined });
const titles = (commands: readonly Command[], typed: string): string[] =>
  matchCommands(commands, typed).map(({ title }) => title);

test('a command is found without accents, by any of its words, beginnings first', () => {
  const commands = [
    command('Nouvelle facture'),
    command('Réseau', 'OLT ports'),
    command('Factures'),
    command('Créer un client'),
  ];
  expect(titles(commands, 'fact')).toEqual(['Factures', 'Nouvelle facture']);
  expect(titles(commands, 'reseau')).toEqual(['Réseau']);
  expect(titles(commands, 'olt')).toEqual(['Réseau']);
  expect(titles(commands, 'client creer')).toEqual(['Créer un client']);
  expect(titles(commands, 'rien')).toEqual([]);
  expect(plain('L’Été à Saint-Rémi')).toBe('l ete a saint-remi');
});

test('keys are told apart with Ctrl or Cmd, and two in a row count together', () => {
  const pressed = (key: string, held: Partial<KeyboardEvent> = {}) =>
    keyToken({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
  expect(pressed('K', { ctrlKey: true })).toBe('mod+k');
  expect(pressed('k', { metaKey: true })).toBe('mod+k');
  expect(pressed('?')).toBe('?');
  expect(completedKeys(['g c', 'c'], 'g', 'c')).toBe('g c');
  expect(completedKeys(['g c', 'c'], undefined, 'c')).toBe('c');
  expect(completedKeys(['g c'], undefined, 'g')).toBeUndefined();
});

test('keys are written as they stand on the reader’s keyboard', () => {
  expect(keyNames('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyNames('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keyNames('g c', false)).toEqual(['G', 'C']);
});
