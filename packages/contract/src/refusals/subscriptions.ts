import type { RefusalDeclaration } from '../refusals.ts';

export const subscriptionsRefusals = {
  activation_day: {
    status: 422,
    fr: (d) =>
      `Un service ne commence ni dans l’avenir ni plus de ${d['daysMax'] ?? ''} jours dans le passé (${d['on'] ?? ''}).`,
    en: (d) =>
      `A service starts neither in the future nor more than ${d['daysMax'] ?? ''} days in the past (${d['on'] ?? ''}).`,
  },
  equipment_not_here: {
    status: 409,
    fr: (d) => `L’appareil ${d['equipmentId'] ?? ''} n’est pas installé à cette adresse.`,
    en: (d) => `Device ${d['equipmentId'] ?? ''} is not installed at this address.`,
  },
  equipment_needed: {
    status: 409,
    fr: () => 'Installez d’abord l’ONT à cette adresse : un service Internet ne commence pas sans lui.',
    en: () => 'Install the ONT at this address first: an Internet service does not start without it.',
  },
} as const satisfies Record<string, RefusalDeclaration>;
