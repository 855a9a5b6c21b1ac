import type { fieldOperations, Language, LineFinding, OutputOf } from '@gigafibre/contract';

type Diagnosis = OutputOf<typeof fieldOperations.diagnoseLine>;
type In = Readonly<{ n: (value: number) => string; language: Language }>;

/** Download and upload of a service, `500 / 500 Mbit/s`; null when nothing was sold by speed. */
export function speedOf(
  service: Pick<NonNullable<Diagnosis['service']>, 'downloadMbps' | 'uploadMbps'> | null,
  { n, language }: In,
): string | null {
  if (service?.downloadMbps == null) return null;
  const up = service.uploadMbps === null ? '' : ` / ${n(service.uploadMbps)}`;
  return `${n(service.downloadMbps)}${up}\u00a0${language === 'fr' ? 'Mbit/s' : 'Mbps'}`;
}

/** The figure a finding rests on, as text; null when there is none. */
export function figureOf(about: LineFinding['about'], diagnosis: Diagnosis, said: In): string | null {
  if (about === 'profile') return speedOf(diagnosis.service, said);
  if (about === 'ont') return diagnosis.ont?.serial ?? null;
  const light = diagnosis.document?.opticalStatus.find(({ rxDbm }) => rxDbm !== null);
  return light?.rxDbm == null ? null : `${said.n(light.rxDbm)}\u00a0dBm`;
}
