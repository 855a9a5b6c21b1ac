import path from 'node:path';
import { parseArgs } from 'node:util';

export const usage = `npm start -- [options]      starts the whole company on this machine

  --port N                  port of the web server (default 8080)
  --host ADDRESS            address to listen on (default all of them; a demo is on loopback only)
  --data DIR                folder of the embedded database and of this installation (default ./data)
  --demo small|full|none    company to create in an empty database (default small; none with DATABASE_URL)
  --role web|worker|both    what this process does (default both)
  --help                    this text

  DATABASE_URL=postgres://user@host/name   use a PostgreSQL 15 or newer instead of the embedded one

Ctrl-C ends everything; the data stays.
`;

const choices = { demo: ['small', 'full', 'none'], role: ['web', 'worker', 'both'] };
const maxPort = 65_535;

/**
 * Reads the command line. Refuses in one sentence, before anything is installed or started.
 * @param {readonly string[]} argv what follows the script
 * @param {string} from the folder that a relative --data starts from
 * @returns {{ help: true } | { problem: string } | { args: string[] }} args for the hub
 */
export function readStartOptions(argv, from) {
  const text = { type: 'string' };
  const options = {
    port: text,
    host: text,
    data: text,
    demo: text,
    role: text,
    help: { type: 'boolean', short: 'h' },
  };
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options, allowPositionals: false }));
  } catch (error) {
    return { problem: `${firstSentence(error.message)} See "npm start -- --help".` };
  }
  if (values.help) return { help: true };
  const problem = problemIn(values);
  if (problem !== undefined) return { problem };
  const { data, ...others } = values;
  const passed = data === undefined ? others : { ...others, data: path.resolve(from, data) };
  return { args: Object.entries(passed).flatMap(([name, value]) => [`--${name}`, value]) };
}

function problemIn({ port, data, ...chosen }) {
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= maxPort)) {
    return `--port takes a number from 0 to ${maxPort}, not "${port}".`;
  }
  if (data === '') return '--data takes the name of a folder.';
  for (const [name, allowed] of Object.entries(choices)) {
    if (chosen[name] !== undefined && !allowed.includes(chosen[name])) {
      return `--${name} takes ${allowed.join(', ')}, not "${chosen[name]}".`;
    }
  }
  return undefined;
}

const firstSentence = (text) => `${text.split(/\.\s|\n/)[0].replace(/\.$/, '')}.`;
