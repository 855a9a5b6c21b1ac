import { addDays } from '@gigafibre/calendar';
import { dispatchOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { allowGate } from './allow-gate.ts';
import { describeJob } from './change-state.ts';
import { createJob } from './create-job.ts';
import { cancelJob, editJob, reopenJob } from './edit-job.ts';
import { readPhoto } from './field/add-photo.ts';
import { listRefusedActions, settleRefusedAction } from './field/refused-actions.ts';
import { publishDay } from './publish-day.ts';
import { jobRow, readJob } from './read-job.ts';
import { scheduleJob, unscheduleJob } from './schedule-job.ts';
import { firstDay, suggestedSlots } from './suggest-slots.ts';
import { listTechLinks, mintTechLink, revokeTechLink } from './tech-links.ts';
import { addTechnician, editTechnician, listTechnicians } from './technicians.ts';
import { workOrder } from './work-order.ts';

export const dispatchRoutes = (env: Env): Route[] => [
  answers(op.listTechnicians, (reading, input) => listTechnicians(reading, input)),
  carriesOut(op.addTechnician, (tx, input) => addTechnician(tx, input)),
  carriesOut(op.editTechnician, (tx, input) => editTechnician(tx, input)),
  answers(op.readJob, async (reading, { id }) => readJob(reading, await jobRow(reading, id))),
  carriesOut(op.createJob, async (tx, { overbook, ...input }) => {
    const ifFull = overbook === null ? 'refuse' : { overbook };
    const { row } = await createJob(tx, { ...input, source: 'staff', ifFull });
    return describeJob(tx, row);
  }),
  carriesOut(op.editJob, async (tx, input) => describeJob(tx, await editJob(tx, input))),
  carriesOut(op.scheduleJob, async (tx, input) => {
    const { row, conflicts } = await scheduleJob(tx, input);
    return { job: await describeJob(tx, row), conflicts };
  }),
  carriesOut(op.unscheduleJob, async (tx, input) => describeJob(tx, await unscheduleJob(tx, input))),
  carriesOut(op.publishDay, (tx, input) => publishDay(tx, input)),
  carriesOut(op.allowGate, async (tx, input) => describeJob(tx, await allowGate(tx, input))),
  carriesOut(op.cancelJob, async (tx, input) => describeJob(tx, await cancelJob(tx, input))),
  carriesOut(op.reopenJob, async (tx, input) => describeJob(tx, await reopenJob(tx, input))),
  answers(op.suggestSlots, async (reading, input) => ({
    slots: await suggestedSlots(reading, input),
    nextFrom: addDays(firstDay(reading, input.from), input.days),
  })),
  answers(op.readWorkOrder, async (reading, { id, language }) =>
    workOrder(reading, await jobRow(reading, id), language),
  ),
  answers(op.readPhoto, (reading, input) => readPhoto(reading, input)),
  carriesOut(op.mintTechLink, (tx, input) => mintTechLink(tx, env, input)),
  answers(op.listTechLinks, (reading, input) => listTechLinks(reading, input)),
  carriesOut(op.revokeTechLink, (tx, input) => revokeTechLink(tx, input)),
  answers(op.listRefusedActions, (reading, input) => listRefusedActions(reading, input)),
  carriesOut(op.settleRefusedAction, (tx, input) => settleRefusedAction(tx, input)),
];
