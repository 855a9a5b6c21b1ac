import { fieldOperations, type InputOf, type Operation } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { afterSession } from './after-session.ts';
import { useOutbox } from './outbox.ts';
import { withActions } from './pending-effects.ts';
import type { KeptPhoto } from './photo-store.ts';
import { PHOTO_EDGE_PX, shrinkPhoto, SMALL_EDGE_PX } from './shrink-photo.ts';

export type PhotoAbout = Pick<KeptPhoto['about'], 'checklistItemId' | 'phase'>;

type Act = Exclude<keyof typeof fieldOperations, 'signIn'>;
type Offline = {
  [Name in Act]: InputOf<(typeof fieldOperations)[Name]> extends { at: string } ? Name : never;
}[Act];
/** What a screen gives; the job and the moment are added here. */
type Given<Name extends Offline> = Omit<InputOf<(typeof fieldOperations)[Name]>, 'id' | 'at'>;

/** The acts on one job: each is kept on the phone first, shown as done, and sent when there is a network. */
export function useJobActs(id: () => string) {
  const outbox = useOutbox();
  const { t } = useI18n();

  async function act<Name extends Offline>(name: Name, given: Given<Name>, detail = ''): Promise<void> {
    const operation: Operation = fieldOperations[name];
    const input = { ...given, id: id(), at: new Date(Date.now()).toISOString() };
    const label = detail ? `${t(`visit.act.${name}`)} · ${detail}` : t(`visit.act.${name}`);
    await outbox.add(operation, input, { label, about: id() });
  }
  /** Keeps a photograph, made small, and sends it in pieces. False when the file is no picture. */
  async function addPhoto(file: Blob, about: Partial<PhotoAbout> = {}): Promise<boolean> {
    const whole = await shrinkPhoto(file, PHOTO_EDGE_PX);
    const small = whole && (await shrinkPhoto(file, SMALL_EDGE_PX));
    if (!whole || !small) return false;
    const { checklistItemId = null, phase = null } = about;
    await outbox.addPhoto({
      id: crypto.randomUUID(),
      jobId: id(),
      takenAt: new Date(Date.now()).toISOString(),
      small,
      whole,
      about: { checklistItemId, phase, label: t('visit.act.addPhoto') },
      queued: false,
    });
    return true;
  }
  /** Takes away a photograph that has not wholly left this phone. */
  async function dropPhoto(photoId: string): Promise<void> {
    if (await outbox.dropPhoto(photoId)) await act('dropPhoto', { photoId });
  }
  return { act, addPhoto, dropPhoto };
}

/** One job with its whole context, with what waits on this phone, and what can be done to it. */
export function useMyJob(id: () => string, when: () => boolean = () => true) {
  const outbox = useOutbox();
  const seen = useHubQuery(fieldOperations.readMyJob, () => ({ id: id() }), { when });
  const job = computed(() => seen.data.value && withActions(seen.data.value, outbox.actions));
  const queued = computed(() => outbox.actions.filter(({ about }) => about === id()));
  return {
    seen: { ...afterSession(seen), data: job },
    kept: seen.data,
    job,
    queued,
    decide: outbox.decide,
    ...useJobActs(id),
  };
}
export type JobActs = ReturnType<typeof useJobActs>;
