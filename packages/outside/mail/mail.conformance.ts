import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailMessage, MailSender } from './port.ts';

/** A letter as it arrived, as far as the suite looks. */
export type ArrivedLetter = {
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly base64: string;
  }[];
};

/** A sender to try, and the far end to look at. */
export type MailUnderTest = {
  readonly sender: MailSender;
  /** Addresses with a known fate. */
  readonly addresses: { readonly good: string; readonly noMailbox: string; readonly greylisted: string };
  arrived(to: string): readonly ArrivedLetter[];
  stop(): Promise<void>;
};

/** What every carrier of e-mail must do, tried against one adapter. */
export function mailConformance(name: string, start: () => Promise<MailUnderTest>): void {
  describe(`${name} keeps the promises of a carrier of e-mail`, () => {
    let under: MailUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    test('a letter arrives as it was written: accents, HTML, files, headers, our message id', async () => {
      const { good } = under.addresses;
      const content = Buffer.from('%PDF-1.7 \u00e9\u0000', 'latin1');
      const outcome = await under.sender.send({
        ...letter(good),
        attachments: [{ filename: 'Facture août.pdf', contentType: 'application/pdf', content }],
        headers: { 'X-Gigafibre-Document': 'INV-00012' },
      });
      expect(outcome).toMatchObject({ is: 'done' });
      const arrived = under.arrived(good).at(-1);
      expect(arrived).toMatchObject({
        subject: 'Votre facture de 1 234,56 $ est prête',
        messageId: '<letter-1@gigafibre.test>',
      });
      expect(arrived?.text.trim()).toBe('Bonjour Zoé,\n«\u00a0Merci\u00a0».');
      expect(arrived?.html).toContain('<p>Bonjour Zoé</p>');
      expect(arrived?.headers['x-gigafibre-document']).toBe('INV-00012');
      const file = {
        filename: 'Facture août.pdf',
        contentType: 'application/pdf',
        base64: content.toString('base64'),
      };
      expect(arrived?.attachments).toMatchObject([file]);
    });

    test('a mailbox that does not exist is declined with the server’s code', async () => {
      expect(await under.sender.send(letter(under.addresses.noMailbox))).toMatchObject({
        is: 'declined',
        code: '550',
      });
    });

    test('a temporary refusal is for later, and later it arrives', async () => {
      const { greylisted } = under.addresses;
      expect(await under.sender.send(letter(greylisted))).toMatchObject({ is: 'retry' });
      expect(under.arrived(greylisted)).toHaveLength(0);
      expect(await under.sender.send(letter(greylisted))).toMatchObject({ is: 'done' });
      expect(under.arrived(greylisted)).toHaveLength(1);
    });

    test('an address or a header cannot smuggle in another', async () => {
      const { good } = under.addresses;
      const before = under.arrived(good).length;
      await under.sender.send({ ...letter(good), subject: 'Bonjour\r\nBcc: victim@example.test' });
      expect(under.arrived('victim@example.test')).toHaveLength(0);
      expect(under.arrived(good)).toHaveLength(before + 1);
      expect(under.arrived(good).at(-1)?.headers['bcc']).toBeUndefined();
    });
  });
}

function letter(to: string): MailMessage {
  return {
    from: 'Gigafibre <factures@gigafibre.test>',
    to,
    subject: 'Votre facture de 1 234,56 $ est prête',
    text: 'Bonjour Zoé,\n«\u00a0Merci\u00a0».',
    html: '<p>Bonjour Zoé</p>',
    messageId: '<letter-1@gigafibre.test>',
  };
}
