import type { RefusalDeclaration } from '../refusals.ts';

export const stockRefusals = {
  serial_not_valid: {
    status: 422,
    fr: (d) => `« ${d['serial'] ?? ''} » n’est pas un numéro de série lisible.`,
    en: (d) => `“${d['serial'] ?? ''}” is not a readable serial number.`,
  },
  mac_not_valid: {
    status: 422,
    fr: (d) => `« ${d['mac'] ?? ''} » n’est pas une adresse MAC (douze chiffres hexadécimaux).`,
    en: (d) => `“${d['mac'] ?? ''}” is not a MAC address (twelve hex digits).`,
  },
  serial_taken: {
    status: 409,
    fr: (d) => `Le numéro de série ${d['serial'] ?? ''} est déjà celui de ${d['equipmentId'] ?? ''}.`,
    en: (d) => `Serial number ${d['serial'] ?? ''} already belongs to ${d['equipmentId'] ?? ''}.`,
  },
  mac_taken: {
    status: 409,
    fr: (d) => `L’adresse MAC ${d['mac'] ?? ''} est déjà celle de ${d['equipmentId'] ?? ''}.`,
    en: (d) => `MAC address ${d['mac'] ?? ''} already belongs to ${d['equipmentId'] ?? ''}.`,
  },
  equipment_unknown: {
    status: 404,
    fr: (d) => `Aucun appareil ne porte le numéro ${d['serial'] ?? ''}. Créez-le, puis recommencez.`,
    en: (d) => `No device has the number ${d['serial'] ?? ''}. Create it, then retry.`,
  },
  equipment_elsewhere: {
    status: 409,
    fr: (d) =>
      `L’appareil ${d['serial'] ?? ''} est déjà installé ailleurs (${d['address'] ?? d['locationId'] ?? ''}). Retirez-le d’abord de là.`,
    en: (d) =>
      `Device ${d['serial'] ?? ''} is already installed elsewhere (${d['address'] ?? d['locationId'] ?? ''}). Remove it there first.`,
  },
  equipment_ambiguous: {
    status: 409,
    fr: (d) => `« ${d['code'] ?? ''} » peut désigner plusieurs appareils : ${d['candidates'] ?? ''}.`,
    en: (d) => `“${d['code'] ?? ''}” may mean several devices: ${d['candidates'] ?? ''}.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
