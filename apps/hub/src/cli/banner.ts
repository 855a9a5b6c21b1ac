import type { DemoAccess } from './demo-access.ts';

/** What a person reads after `npm start`: where everything is and how to get in. */
export function banner({
  url,
  access,
  file,
}: {
  url: string;
  access: DemoAccess | null;
  file: string | null;
}): string {
  const places = [
    ['Ops (staff)', `${url}/ops/`],
    ['Technician module', `${url}/ops/#/j`],
    ['Customer portal', `${url}/portal/`],
    ['API reference', `${url}/api/docs`],
    ...Object.entries(access?.simulators ?? {}).map(([name, address]) => [`Simulator: ${name}`, address]),
  ];
  const lines = [
    '',
    'Gigafibre is running.',
    '',
    ...places.map(([name = '', address = '']) => `  ${name.padEnd(24)} ${address}`),
  ];
  if (access) {
    lines.push(
      '',
      'Sign in as:',
      ...Object.entries(access.staffLinks).map(([role, link]) => `  ${role.padEnd(12)} ${link}`),
    );
    if (access.technicianLink) lines.push(`  ${'technician'.padEnd(12)} ${access.technicianLink}`);
    if (access.customerLink) lines.push(`  ${'customer'.padEnd(12)} ${access.customerLink}`);
    lines.push('', `The same with an API key per role: ${file ?? ''}`);
  }
  lines.push('', 'Press Ctrl-C to stop.', '');
  return lines.join('\n');
}
