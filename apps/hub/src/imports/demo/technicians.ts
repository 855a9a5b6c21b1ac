import type { NewTechnician } from './open-company.ts';

const WEEK = [1, 2, 3, 4, 5] as const;
const days = (from: string, to: string, weekdays: readonly number[] = WEEK) =>
  weekdays.map((weekday) => ({ weekday, from, to }));
type Skills = NewTechnician['skills'];
const skill = (name: Skills[number]['skill'], level: number): Skills[number] => ({ skill: name, level });

/** The technicians of the demo company; numbers end so that the simulated network delivers to them. */
export const DEMO_TECHNICIANS: readonly Omit<NewTechnician, 'staffId'>[] = [
  {
    name: 'Thomas Lavoie',
    colour: '#0e7c86',
    phone: '+14505550101',
    language: 'fr',
    skills: [skill('splicing', 3), skill('aerial', 2)],
    // Works every day, so that the demo lives on a Sunday too.
    hours: days('08:00', '18:00', [1, 2, 3, 4, 5, 6, 7]),
  },
  {
    name: 'Maxime Yelle',
    colour: '#b4541f',
    phone: '+14505550102',
    language: 'fr',
    skills: [skill('splicing', 2)],
    hours: days('08:00', '16:30'),
  },
  {
    name: 'Sophie Primeau',
    colour: '#6a4c93',
    phone: '+14505550103',
    language: 'fr',
    skills: [skill('splicing', 3), skill('voip', 2)],
    hours: days('09:00', '17:30'),
  },
  {
    name: 'Kevin Dunning',
    colour: '#2f6f3e',
    phone: '+14505550104',
    language: 'en',
    skills: [skill('wifi', 1)],
    hours: days('10:00', '18:30', [2, 3, 4, 5, 6]),
  },
  {
    name: 'Alexis Faille',
    colour: '#9c2f4b',
    phone: '+14505550105',
    language: 'fr',
    skills: [skill('splicing', 2), skill('aerial', 1)],
    hours: days('12:00', '20:00'),
  },
  {
    name: 'Joannie Hébert',
    colour: '#35618f',
    phone: '+14505550106',
    language: 'fr',
    skills: [skill('splicing', 2)],
    hours: days('08:00', '16:30', [6, 7]),
  },
];
