import { billingOperations, creditNoteOperations, receivableOperations } from '@gigafibre/contract';
import { expect } from 'vitest';
import { givenBy, withdrawnBy, type OfItem } from './books.ts';
import { refusalOf, send, touch, type Taking, type Verbs } from './story.ts';

/** One of a customer's invoices. */
async function anInvoice({ scene, step, account }: Taking) {
  const { rows } = await scene.office.call(billingOperations.listInvoices, {
    customerId: account.id,
    limit: 50,
  });
  return rows[step.which % Math.max(1, rows.length)];
}
const owesLess = ({ scene, account }: Taking, cents: bigint): boolean => {
  account.balance -= cents;
  touch(scene, account);
  return true;
};

/**
 * What a note took back of days of a service is not credited again. Where it took back more than was left of a cycle,
 * credits that still waited are withdrawn: by the system's choice, and never beyond that.
 */
async function giveUp({ scene, account }: Taking, noteId: string): Promise<void> {
  const heldOf = ({ id, line, cycle }: OfItem) => {
    const held = account.services.find((one) => one.id === id)?.items[line - 1]?.charged.get(cycle);
    if (!held) throw new Error(`${noteId} credits days of ${id} that were never charged`);
    return held;
  };
  for (const row of await givenBy(scene.world, noteId)) heldOf(row).given += row.cents;
  for (const row of await withdrawnBy(scene.world, noteId)) {
    const held = heldOf(row);
    held.cents -= row.cents;
    const waited = account.charges.findIndex(
      ({ service, of, cents }) =>
        service === row.id && of?.line === row.line - 1 && of.cycle === row.cycle && cents === row.cents,
    );
    expect(waited, 'what was withdrawn had waited').toBeGreaterThanOrEqual(0);
    account.charges.splice(waited, 1);
    expect(
      held.cents > 0n ? held.cents <= held.given : held.cents >= held.given,
      'withdrawn beyond the note',
    ).toBe(true);
  }
}

export const crediting = {
  'credit a line': async (taking) => {
    const { scene, step } = taking;
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const { lines, leftCents } = await scene.office.call(creditNoteOperations.readCreditable, {
      id: invoice.id,
    });
    const line = lines[step.cents % Math.max(1, lines.length)];
    if (!line) return false;
    const cents = step.days > 20 ? Number(line.leftCents) + 1 : Math.min(step.cents, Number(line.leftCents));
    const chosen = { id: invoice.id, lines: [{ line: line.line, amountCents: cents }] };
    const preview = await scene.office.call(creditNoteOperations.previewCreditNote, chosen).catch(refusalOf);
    const note = await send(taking, creditNoteOperations.issueCreditNote, { ...chosen, reason: 'essai' });
    expect(typeof note === 'string' ? note : note.totalCents).toEqual(
      typeof preview === 'string' ? preview : preview.totalCents,
    );
    if (typeof note === 'string') return false;
    // The tax of a part is within a cent for each of two taxes; all parts together make the invoice.
    expect(note.subtotalCents).toBe(BigInt(cents));
    expect(note.totalCents).toBeLessThanOrEqual(leftCents);
    await giveUp(taking, note.id);
    return owesLess(taking, note.totalCents);
  },
  void: async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const note = await send(taking, creditNoteOperations.voidInvoice, { id: invoice.id, reason: 'essai' });
    if (typeof note === 'string') return false;
    expect(note.totalCents).toBe(invoice.totalCents - invoice.creditedCents);
    await giveUp(taking, note.id);
    return owesLess(taking, note.totalCents);
  },
  'write off': async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const amount = taking.step.days < 10 ? {} : { amountCents: taking.step.cents };
    const lost = await send(taking, receivableOperations.writeOffInvoice, {
      id: invoice.id,
      ...amount,
      reason: 'x',
    });
    if (typeof lost === 'string') return false;
    if (amount.amountCents !== undefined) expect(lost.amountCents).toBe(BigInt(amount.amountCents));
    expect(lost.amountCents).toBeLessThanOrEqual(invoice.outstandingCents);
    return owesLess(taking, lost.amountCents);
  },
  dispute: async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const dispute = await send(taking, receivableOperations.openDispute, { id: invoice.id, reason: 'essai' });
    if (typeof dispute === 'string') return false;
    taking.scene.story.disputes.push(dispute.id);
    return true;
  },
  decide: async (taking) => {
    const id = taking.scene.story.disputes.pop();
    if (id === undefined) return false;
    const input = { id, outcome: 'upheld', note: 'essai' } as const;
    return typeof (await send(taking, receivableOperations.closeDispute, input)) !== 'string';
  },
} satisfies Verbs;
