import type { RefusalDeclaration } from '../refusals.ts';

export const visionRefusals = {
  not_an_image: {
    status: 415,
    fr: () => 'Ce fichier n’est pas une photo (JPEG, PNG ou WebP).',
    en: () => 'This file is not a photograph (JPEG, PNG or WebP).',
  },
  photo_too_large: {
    status: 413,
    fr: (d) => `La photo est trop grande${d['limit'] ? ` (limite : ${d['limit']})` : ''}.`,
    en: (d) => `The photograph is too large${d['limit'] ? ` (limit: ${d['limit']})` : ''}.`,
  },
  no_code_found: {
    status: 422,
    fr: () => 'Aucun code lisible. Rapprochez-vous, évitez les reflets, puis reprenez la photo.',
    en: () => 'No readable code. Move closer, avoid glare, then take the photograph again.',
  },
} as const satisfies Record<string, RefusalDeclaration>;
