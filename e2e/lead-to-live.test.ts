import { salesOperations } from '@gigafibre/contract';
import { ontLabelPng } from '@gigafibre/simulators';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { picture, setStage, taken, type Stage } from './src/stage.ts';

// A newcomer's whole day in the browser, in French: sell, sign, plan, install, pay.

test('a sale, from the address to the paid invoice, through the real screens', async () => {
  const stage = await setStage();
  const office = await stage.person('desktop');
  await office.goto(await stage.adminLink());
  await office.getByRole('heading', { name: 'Aujourd’hui' }).waitFor();
  await picture(office, 'fr-desktop-01-aujourdhui');

  // Sell.
  await office.goto(`${stage.url}/ops/#/sales/new`);
  await office.getByLabel('Adresse du service').fill('193 jardinier ste clotilde');
  await office
    .getByRole('button', { name: /193.*Desservie/s })
    .first()
    .waitFor();
  await picture(office, 'fr-desktop-02-adresse');
  await office
    .getByRole('button', { name: /193.*Desservie/s })
    .first()
    .click();
  await office.getByLabel('Nom', { exact: false }).last().fill('Hélène Tremblay');
  await office.getByLabel('Courriel').fill('helene@courriel.example');
  await office.getByLabel('Cellulaire').fill('(450) 555-0141');
  await picture(office, 'fr-desktop-03-client');
  await office.getByRole('button', { name: 'Continuer' }).click();
  await office.getByText('Fibre 500 Mbit/s').click();
  await office.getByText('74,68 $').first().waitFor();
  await picture(office, 'fr-desktop-04-forfait');
  await office.getByRole('button', { name: 'Continuer' }).click();
  await office.getByRole('group', { name: 'Installation souhaitée' }).getByRole('button').first().click();
  await picture(office, 'fr-desktop-05-plage');
  await office.getByRole('button', { name: 'Continuer' }).click();
  await office.getByRole('button', { name: 'Créer la soumission' }).click();
  await office.getByRole('heading', { name: /QTN-/ }).waitFor();
  await office.getByRole('button', { name: 'Envoyer au client' }).click();
  await office.getByText('Envoyée').waitFor();
  await picture(office, 'fr-desktop-06-soumission');
  const quoteId = taken(office.url(), /sales\/(QTN-\d+)/);

  // Sign, on the customer's phone.
  const customer = await stage.person('phone');
  await customer.goto(taken(await stage.message('quote_signing'), /(https?:\S+\/accept\/\S+)/));
  await customer.getByRole('heading').first().waitFor();
  await picture(customer, 'fr-phone-07-contrat');
  await sign(stage, customer);

  // Plan: the dispatcher drags the installation to a technician's row, and publishes.
  await office.goto(`${stage.url}/ops/#/dispatch?date=${await visitDay(stage, quoteId)}`);
  await dragToBoard(office, 'Hélène Tremblay');
  await picture(office, 'fr-desktop-09-repartition');
  await office.getByRole('button', { name: 'Publier', exact: true }).click();
  await office.getByRole('button', { name: 'Publier et prévenir les techniciens' }).click();
  await office.getByText('Publiée').first().waitFor();
  await picture(office, 'fr-desktop-10-publiee');

  // Install.
  const phone = await stage.person('phone');
  await phone.goto(taken(await stage.message('technician_day'), /(https?:\S+\/ops\/#\/j\/\S+)/));
  await install(stage, phone);

  // Pay.
  const portal = await stage.person('phone');
  await pay(stage, portal);

  // The office sees all of it.
  await office.goto(`${stage.url}/ops/#/clients?q=helene%20tramblay`);
  await office.getByText('Hélène Tremblay').first().click();
  await office.getByText('Facture payée').waitFor();
  await picture(office, 'fr-desktop-19-client');
  expect(stage.complaints).toEqual([]);
});

/** The customer reads, agrees, types their name, asks for the code and signs. */
async function sign(stage: Stage, customer: Page): Promise<void> {
  await customer.getByRole('link', { name: 'Aller signer' }).click();
  for (const name of ['contract', 'electronic']) await customer.locator(`input[name="${name}"]`).check();
  await customer.locator('input[name="mark"][value="typed"]').check({ force: true });
  await customer.locator('#send-code').click();
  await customer.locator('#code').fill(taken(await stage.message('acceptance_code'), /(\d{6})/));
  await picture(customer, 'fr-phone-08-signature');
  await customer.locator('#submit').click();
  await customer
    .getByRole('heading', { name: /merci|confirmée/i })
    .first()
    .waitFor();
  await picture(customer, 'fr-phone-08b-merci');
}

/** The day the installation was promised for, as the hub has it. */
async function visitDay(stage: Stage, quoteId: string): Promise<string> {
  const { slot } = await stage.behind.call(salesOperations.readQuote, { id: quoteId });
  if (!slot) throw new Error('no day was wished');
  return slot.date;
}

/** Drags a job of the pool to the middle of the first technician's row. */
async function dragToBoard(office: Page, customerName: string): Promise<void> {
  const job = office.getByRole('button', { name: new RegExp(customerName) }).first();
  await job.waitFor();
  const row = office.getByRole('row', { name: /Thomas Lavoie/ }).getByRole('cell');
  const [from, to] = [await job.boundingBox(), await row.boundingBox()];
  if (!from || !to) throw new Error('nothing to drag, or nowhere to');
  await office.mouse.move(from.x + 10, from.y + 10);
  await office.mouse.down();
  await office.mouse.move(to.x + to.width * 0.5, to.y + to.height / 2, { steps: 8 });
  await picture(office, 'fr-desktop-09a-glisser');
  await office.mouse.up();
  await office
    .getByRole('row', { name: /Thomas Lavoie/ })
    .getByRole('button', { name: new RegExp(customerName) })
    .waitFor();
}

/** The visit on the phone: with the network cut in the middle, and everything sent when it comes back. */
async function install(stage: Stage, phone: Page): Promise<void> {
  await phone.getByText('Hélène Tremblay').first().waitFor();
  await picture(phone, 'fr-phone-11-journee');
  await phone.getByRole('link', { name: 'Ouvrir la fiche' }).first().click();
  await phone.getByRole('button', { name: 'Partir' }).click();
  await phone.getByRole('button', { name: 'Je suis arrivé' }).click();
  await phone.context().setOffline(true);
  await phone.getByLabel('Nouvelle note').fill('Boîtier posé à côté du compteur.');
  await phone
    .locator('form', { has: phone.getByLabel('Nouvelle note') })
    .getByRole('button', { name: 'Enregistrer' })
    .click();
  await phone
    .getByText(/actions? en attente de sync/)
    .first()
    .waitFor();
  await picture(phone, 'fr-phone-12-hors-ligne');
  await phone.context().setOffline(false);

  await phone.getByRole('link', { name: 'Numériser' }).first().click();
  const label = await ontLabelPng({ ...stage.ont, model: 'XX230v', seed: 7, photo: true });
  await phone
    .locator('input[type="file"]')
    .setInputFiles({ name: 'ont.png', mimeType: 'image/png', buffer: Buffer.from(label) });
  await phone.getByRole('button', { name: stage.ont.serial, exact: true }).click();
  await picture(phone, 'fr-phone-13-numerise');
  await phone.getByRole('button', { name: /Installer cet appareil/ }).click();
  await phone.getByRole('button', { name: 'Lire l’ONT maintenant' }).click();
  await phone.getByText(/-19,4/).first().waitFor();
  await phone.getByLabel('Nom de la personne qui signe').fill('Hélène Tremblay');
  await phone.getByRole('button', { name: 'Taper mon nom plutôt' }).click();
  await phone.getByLabel('Tapez votre nom complet').fill('Hélène Tremblay');
  await phone
    .locator('form', { has: phone.getByLabel('Nom de la personne qui signe') })
    .getByRole('button', { name: 'Enregistrer' })
    .click();
  await phone.getByText(/Signé par/).waitFor();
  await phone.getByRole('button', { name: 'Terminer', exact: true }).click();
  await phone.getByText('Intervention terminée').waitFor();
  await picture(phone, 'fr-phone-14-terminee');
}

/** The portal by magic link, the invoice, the provider's page, and the result that turns by itself. */
async function pay(stage: Stage, portal: Page): Promise<void> {
  await portal.goto(`${stage.url}/portal/`);
  await portal.getByLabel('Courriel, téléphone ou numéro de client').fill('(450) 555-0141');
  await portal.getByRole('button', { name: 'Recevoir mon lien' }).click();
  await portal.getByText('Regardez vos messages').waitFor();
  await picture(portal, 'fr-phone-15-lien');
  await portal.goto(taken(await stage.message('portal_link'), /(https?:\S+token=\S+)/));
  await portal.getByRole('heading', { name: /Bonjour/ }).waitFor();
  await picture(portal, 'fr-phone-16-portail');
  await portal.getByRole('button', { name: 'Payer' }).click();
  await portal.locator('#cardNumber').fill('4242 4242 4242 4242');
  await portal.locator('#cardExpiry').fill('12/30');
  await portal.locator('#cardCvc').fill('123');
  await picture(portal, 'fr-phone-17-carte');
  await portal.locator('#pay').click();
  await portal.getByText('Paiement reçu, merci!').waitFor();
  await picture(portal, 'fr-phone-18-recu');
}
