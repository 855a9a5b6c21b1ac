import {
  acceptableAtInstall,
  GATES_WITH_OVERRIDE,
  Refusal,
  type InstallGate,
  type OpticalReading,
} from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import { limitsOf, readingsOfJob } from '../../network/index.ts';
import { equipmentAt, type Equipment } from '../../stock/index.ts';
import { readSubscription } from '../../subscriptions/index.ts';
import * as evidence from '../evidence-store.ts';
import { permissionsOf } from '../gates-store.ts';
import type { JobRow } from '../job.ts';

export type GateState = Readonly<{ gate: InstallGate; green: boolean; overridable: boolean }>;
export type Override = Readonly<{ gate: InstallGate; reason: string }>;

/** What an installation rests on, as far as it is there. */
export type Ground = Readonly<{
  /** The ONT at the location; the scanned one of this job when there are several. */
  ont: Equipment | undefined;
  scanned: boolean;
  reading: OpticalReading | undefined;
  signed: boolean;
}>;

const ALL: readonly InstallGate[] = ['ont', 'scan', 'rx', 'signature'];

/**
 * The gates of a job, each green or red: all of them for an installation, the ONT for any other job that starts an
 * Internet service, none otherwise. One that is not the technician's to pass is theirs when a dispatcher allowed it.
 */
export async function installGates(
  reading: Pick<Reading, 'db' | 'now'>,
  job: JobRow,
): Promise<{ gates: GateState[]; ground: Ground }> {
  const ground = await groundOf(reading, job);
  const rx = ground.reading?.rxDbm ?? null;
  const green: Record<InstallGate, boolean> = {
    ont: ground.ont !== undefined,
    scan: ground.ont !== undefined && ground.scanned,
    rx: acceptableAtInstall(rx, await limitsOf(reading, ground.reading?.system)),
    signature: ground.signed,
  };
  const allowed = new Set((await permissionsOf(reading.db, job.id)).map(({ gate }) => gate));
  const gates = (await gatesOf(reading, job)).map((gate) => ({
    gate,
    green: green[gate],
    overridable: GATES_WITH_OVERRIDE.includes(gate) || allowed.has(gate),
  }));
  return { gates, ground };
}

async function gatesOf(reading: Pick<Reading, 'db' | 'now'>, job: JobRow): Promise<readonly InstallGate[]> {
  if (job.type === 'install') return ALL;
  for (const id of job.subscription_ids) {
    const { status, items } = await readSubscription(reading, id);
    if (status === 'pending' && items.some(({ kind }) => kind === 'internet')) return ['ont'];
  }
  return [];
}

/** Refuses `install_gate_open` with the list of what is red and was not passed with a reason. */
export function requireGates(
  gates: readonly GateState[],
  { jobId, overrides }: { jobId: string; overrides: readonly Override[] },
): void {
  const passed = (gate: GateState) =>
    gate.green || (gate.overridable && overrides.some((override) => override.gate === gate.gate));
  const red = gates.filter((gate) => !passed(gate)).map(({ gate }) => gate);
  if (red.length > 0) throw new Refusal('install_gate_open', { jobId, red: red.join(',') });
}

async function groundOf(reading: Pick<Reading, 'db' | 'now'>, job: JobRow): Promise<Ground> {
  const there = job.location_id === null ? [] : await equipmentAt(reading, job.location_id);
  const onJob = await evidence.jobEquipment(reading.db, job.id);
  const scanned = new Set(
    onJob.filter((row) => row.how === 'scan' && row.removed_at === null).map((row) => row.equipment_id),
  );
  const onts = there.filter((device) => device.kind === 'ont');
  const ont = onts.find((device) => scanned.has(device.id)) ?? onts[0];
  const readings = await readingsOfJob(reading, job.id);
  return {
    ont,
    scanned: ont !== undefined && scanned.has(ont.id),
    // Newest first: the light that counts is the last that was measured, of this ONT or by hand at its place.
    reading: readings.find((one) => one.equipmentId === null || one.equipmentId === ont?.id),
    signed: (await evidence.signatureOf(reading.db, job.id)) !== undefined,
  };
}
