import { fieldOperations as op } from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import type { Tx } from '../../../platform/acting.ts';
import { countRequest } from '../../../platform/auth/rate-limit.ts';
import { answers, arranges, carriesOut, type Route } from '../../../platform/http/route.ts';
import { findEquipment, foundOrNot, listEquipment } from '../../stock/index.ts';
import { describeJob } from '../change-state.ts';
import { requireTechnician } from '../technician.ts';
import { signInWithTechLink } from '../tech-links.ts';
import { workOrder } from '../work-order.ts';
import { consumables } from '../materials-store.ts';
import { addPhoto, dropPhoto, readPhoto } from './add-photo.ts';
import { cannotComplete, completeJob } from './complete-job.ts';
import { diagnose, readDevice } from './line.ts';
import { attachToJob, removeFromJob } from './job-equipment.ts';
import { readMine } from './my-job.ts';
import { readMyJob } from './read-my-job.ts';
import { addNote, saveChecklistItem, saveSignature } from './record-evidence.ts';
import { fieldCommand } from './refused-actions.ts';
import { arrive, pause, resume, startTravel, type Reported } from './report-state.ts';
import { takeReading } from './take-reading.ts';
import { useMaterial } from './use-material.ts';

/** Each one costs the OLT and the ACS a question: polite polling, per person. */
const DIAGNOSES = { hits: 30, windowSeconds: 60 };
const SIGN_INS = { hits: 30, windowSeconds: 15 * 60 };

export const fieldRoutes = (env: Env): Route[] => [
  arranges(op.signIn, async ({ reading, transact }, { token }, visit) => {
    await countRequest(reading.db, `field-sign-in:${visit.address}`, SIGN_INS, reading.now);
    const { address, device } = visit;
    const opened = await transact((tx) => signInWithTechLink(tx, env, { token, address, device }));
    visit.keepSession(opened.token, opened.expiresAt);
    return {
      kind: 'technician' as const,
      id: opened.actor.id,
      name: opened.actor.name,
      role: 'tech',
      capabilities: [...opened.actor.capabilities],
      language: opened.actor.language,
      messageMode: env.messageMode(),
      expiresAt: opened.expiresAt.toISOString(),
      day: opened.day,
      jobId: opened.jobId,
    };
  }),
  answers(op.readMyJob, (reading, { id }) => readMyJob(reading, id)),
  answers(op.readMyPhoto, async (reading, input) => {
    await readMine(reading, input.id);
    return readPhoto(reading, input);
  }),
  answers(op.readMyWorkOrder, async (reading, { id }) =>
    workOrder(reading, await readMine(reading, id), reading.by.language),
  ),
  answers(op.listConsumables, async ({ db }) => ({ consumables: await consumables(db) })),
  answers(op.readDevice, (reading, { serial }) => {
    requireTechnician(reading.by);
    return readDevice(reading, serial);
  }),
  arranges(op.diagnoseLine, async (acting, { id }) => {
    const technicianId = requireTechnician(acting.reading.by);
    await countRequest(acting.reading.db, `field-diagnosis:${technicianId}`, DIAGNOSES, acting.reading.now);
    return diagnose(acting, env, await readMine(acting.reading, id));
  }),
  answers(op.findEquipment, async (reading, input) => {
    requireTechnician(reading.by);
    return foundOrNot(await findEquipment(reading, input));
  }),
  answers(op.listVan, (reading, input) =>
    listEquipment(reading, { ...input, technicianId: requireTechnician(reading.by) }),
  ),
  ...commands(env).map(fieldCommand),
];

const commands = (env: Env): Route[] => [
  carriesOut(op.startTravel, async (tx, input) => receipt(tx, await startTravel(tx, input))),
  carriesOut(op.arrive, async (tx, input) => receipt(tx, await arrive(tx, input))),
  carriesOut(op.pause, async (tx, input) => receipt(tx, await pause(tx, input))),
  carriesOut(op.resume, async (tx, input) => receipt(tx, await resume(tx, input))),
  carriesOut(op.complete, async (tx, input) => receipt(tx, await completeJob(tx, input))),
  carriesOut(op.cannotComplete, async (tx, input) => receipt(tx, await cannotComplete(tx, input))),
  carriesOut(op.saveChecklistItem, async (tx, input) => receipt(tx, await saveChecklistItem(tx, input))),
  carriesOut(op.addNote, async (tx, input) => receipt(tx, await addNote(tx, input))),
  carriesOut(op.addPhoto, (tx, input) => addPhoto(tx, input)),
  carriesOut(op.dropPhoto, async (tx, input) => receipt(tx, await dropPhoto(tx, input))),
  carriesOut(op.useMaterial, async (tx, input) => receipt(tx, await useMaterial(tx, input))),
  carriesOut(op.saveSignature, async (tx, input) => receipt(tx, await saveSignature(tx, input))),
  carriesOut(op.attachEquipment, async (tx, input) => {
    const attached = await attachToJob(tx, input);
    return { ...(await receipt(tx, attached)), equipment: attached.equipment };
  }),
  carriesOut(op.removeEquipment, async (tx, input) => {
    const removed = await removeFromJob(tx, input);
    return { ...(await receipt(tx, removed)), equipment: removed.equipment };
  }),
  arranges(op.takeReading, async (acting, input) => {
    const measured = await takeReading(acting, env, input);
    return { ...(await receipt(acting.reading, measured)), reading: measured.reading };
  }),
];

/** What the phone keeps of an action that arrived. */
const receipt = async (reading: Pick<Tx, 'db'>, { row, applied }: Reported) => ({
  job: await describeJob(reading, row),
  applied,
});
