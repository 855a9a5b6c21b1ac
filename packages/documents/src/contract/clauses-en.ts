import { money, rate } from '../figures.ts';
import { formatDate, formatInstant } from '../format-date.ts';
import { list, say, type Clause, type ClauseBlock } from './clause.ts';
import type { ContractValues } from './contract-values.ts';
import { OPEN_TERM_REBATE_MONTHS } from './summary.ts';

const CPA = 'Consumer Protection Act';

/** The clauses in English: the same articles, in the same order, as the French version that came first. */
export function clausesEn(values: ContractValues): readonly Clause[] {
  return [
    partiesClause(values),
    servicesClause(values),
    pricesClause(values),
    termClause(values),
    activationClause(values),
    paymentClause(values),
    lateClause(values),
    cancellationClause(values),
    companyEndClause(values),
    changesClause(values),
    equipmentClause(values),
    qualityClause(values),
    USE_CLAUSE,
    ...(values.includesTelephone ? [EMERGENCY_CLAUSE] : []),
    privacyClause(values),
    distanceClause(values),
    WARRANTY_CLAUSE,
    complaintsClause(values),
    languageClause(values),
    LAW_CLAUSE,
  ];
}

function partiesClause({ company, customer, madeOn, serviceAddressLines }: ContractValues): Clause {
  const reach = [customer.phone, customer.email].filter((part) => part !== undefined).join(', ');
  return {
    title: 'The parties',
    blocks: [
      say(
        `“We” means ${company.legalName}, doing business as ${company.tradeName}: ${company.addressLines.join(', ')}; telephone ${company.phone}; e-mail ${company.email}; ${company.website}.`,
      ),
      say(
        `“You” means ${customer.name}, ${customer.addressLines.join(', ')}${reach === '' ? '' : `; ${reach}`}. Service address: ${serviceAddressLines.join(', ')}.`,
      ),
      say(
        `This contract is made at a distance on ${formatDate(madeOn, 'en')}; it is deemed to be made at your address. The critical information summary is part of it.`,
      ),
    ],
  };
}

function servicesClause({ speed }: ContractValues): Clause {
  return {
    title: 'The services',
    blocks: [
      say(
        speed === undefined
          ? 'At the service address, we supply the services listed in section 3.'
          : `At the service address, we supply Internet access by optical fibre, ${speed.downMbps} Mbit/s download and ${speed.upMbps} Mbit/s upload, with unlimited data, and the other services listed in section 3. These are the speeds of the line, measured by cable at our equipment; Wi-Fi, your devices and the sites you visit can reduce them.`,
      ),
      say(
        'The services are offered at the service address only, for residential use. They need electricity: during a power failure they stop unless your equipment has another source of power.',
      ),
    ],
  };
}

function pricesClause({ oneTime, promotions, regularMonthly, fixedTerm, company }: ContractValues): Clause {
  const after: readonly ClauseBlock[] =
    promotions.length === 0
      ? []
      : [
          list(
            ...promotions.map(
              (promotion) =>
                `${promotion.description}: ${money(promotion.monthlyRebateCents, 'en')} less per month, before taxes, for ${promotion.months} months, up to and including ${formatDate(promotion.endsOn, 'en')}.`,
            ),
            `Regular price, once the promotions have ended: ${money(regularMonthly.subtotalCents, 'en')} per month before taxes, which is ${money(regularMonthly.totalCents, 'en')} taxes included.`,
          ),
        ];
  const total: readonly ClauseBlock[] =
    fixedTerm === undefined
      ? []
      : [
          say(
            `Total price for the term of the contract, taxes and one-time costs included: ${money(fixedTerm.totalCents, 'en')}.`,
          ),
        ];
  return {
    title: 'The prices',
    blocks: [
      say('Every month, you pay:'),
      { is: 'charges', which: 'recurring' },
      ...after,
      ...(oneTime.lines.length === 0
        ? []
        : [say('One time only, you pay:'), { is: 'charges', which: 'oneTime' } as const]),
      ...total,
      say(
        `Nothing else is charged: no activation fee, no plan-change fee, no fee for any payment method. Amounts are in Canadian dollars. The prices of services that are not part of this contract are found at ${company.website} or obtained at ${company.phone}.`,
      ),
    ],
  };
}

function termClause({ fixedTerm, startsOn, terms }: ContractValues): Clause {
  if (fixedTerm === undefined) {
    return {
      title: 'The term',
      blocks: [
        say(
          `The contract has an indeterminate term. The services start on the day of activation, expected on ${formatDate(startsOn, 'en')}.`,
        ),
      ],
    };
  }
  return {
    title: 'The term',
    blocks: [
      say(
        `The contract has a fixed term of ${fixedTerm.months} months: it starts on the day of activation, expected on ${formatDate(startsOn, 'en')}, and expires on ${formatDate(fixedTerm.endsOn, 'en')}. During that time neither the prices, nor the nature of the services, nor the term can be changed without your agreement.`,
      ),
      say(
        `It does not renew. Between the ${terms.expiryNotice.fromDays}th and the ${terms.expiryNotice.toDays}th day before it expires, we remind you of the date in writing. If you keep the services after that, they continue for an indeterminate term, without any new commitment on your part.`,
      ),
    ],
  };
}

function activationClause({ startsOn, terms }: ContractValues): Clause {
  return {
    title: 'Installation and activation',
    blocks: [
      say(
        `We agree with you on the time of the installation. The monthly price is owed only from the day of activation; the first month is charged by the day. If the services are not working within ${terms.activationDelayDays} days after ${formatDate(startsOn, 'en')}, or after a later date you accepted in writing, you may cancel the contract free of charge.`,
      ),
    ],
  };
}

function paymentClause({ terms }: ContractValues): Clause {
  return {
    title: 'Billing and payment',
    blocks: [
      say(
        `The services are billed every month in advance; the invoice is payable within ${terms.dueDays} days of its date. Before activation, no payment may be asked of you otherwise than by credit card. Pre-authorized debit has its own agreement, which you may revoke without ending the services. We ask for no security deposit.`,
      ),
      say(
        'The invoice is electronic and free. It is sent on paper, free and on request, to persons with disabilities, to those aged 65 and over, and to those without Internet access at home.',
      ),
    ],
  };
}

function lateClause({ interest, terms }: ContractValues): Clause {
  const { suspension } = terms;
  const text =
    interest === undefined
      ? 'An overdue balance bears no interest.'
      : `An overdue balance bears interest, from the day after the due date, at ${rate(interest.monthly, 'en')} per month, which is ${rate(interest.yearly, 'en')} per year; interest is simple and computed by the day.`;
  return {
    title: 'Late payment',
    blocks: [
      say(`${text} Nothing else is charged for a late or refused payment (${CPA}, s. 13).`),
      say(
        `We may suspend the services if you owe more than ${money(suspension.overCents, 'en')} for more than ${suspension.overMonths} months, after a written notice of at least ${suspension.noticeDays} days and then a last notice of at least ${suspension.lastNoticeHours} hours. We do not suspend the services for an amount you dispute in good faith, nor while you keep to a payment arrangement. They are restored free of charge as soon as the balance is paid.`,
      ),
    ],
  };
}

function cancellationClause({ cancellation, fixedTerm, company, terms }: ContractValues): Clause {
  return {
    title: 'Cancellation by you',
    blocks: [
      say(
        `You may cancel the contract, in whole or in part, at any time, without giving a reason and without advance notice (${CPA}, s. 214.6). You only need to tell us: by telephone at ${company.phone}, by e-mail at ${company.email}, by mail or in your customer portal. Cancellation takes effect when the notice is sent, or on the later date you name. We confirm it in writing and refund the days paid in advance.`,
      ),
      say(indemnity(cancellation, fixedTerm?.months)),
      say(
        `If this contract differs from the offer you accepted, you may also cancel it without indemnity within ${terms.differingContractDays} days of receiving it.`,
      ),
    ],
  };
}

function indemnity(rule: ContractValues['cancellation'], months: number | undefined): string {
  if (rule.is === 'free') return 'No indemnity and no cancellation fee is charged.';
  if (rule.is === 'capped') {
    return `The only amount we may claim is an indemnity equal to the lesser of $50 and 10% of the price of the services under the contract that have not yet been supplied (${CPA}, s. 214.7). Once the term has expired, no indemnity is charged.`;
  }
  const rebate = money(rule.rebateCents, 'en');
  const section = months === undefined ? '214.8' : '214.7';
  return `In return for this contract, you received a rebate of ${rebate} on goods you bought. The only amount we may claim is an indemnity equal to that rebate, less 1/${months ?? OPEN_TERM_REBATE_MONTHS} of it for each month elapsed, a month begun counting as a whole month (${CPA}, s. ${section}).`;
}

function companyEndClause({ fixedTerm, terms }: ContractValues): Clause {
  const ours =
    fixedTerm === undefined
      ? `We may end the contract by a written notice of at least ${terms.companyNoticeDays} days.`
      : 'We may not end the contract before it expires if you meet your obligations.';
  return {
    title: 'The end of the contract by us',
    blocks: [
      say(
        `${ours} We may cancel it if a default of payment that led to suspension is not remedied, or if a use that is illegal or dangerous to the network continues after a written notice.`,
      ),
    ],
  };
}

function changesClause({ fixedTerm, terms }: ContractValues): Clause {
  const scope =
    fixedTerm === undefined
      ? 'Only the following may be changed by us: the regular monthly prices, the characteristics of the services, the conditions of equipment rental and the ways to reach us. A promotion can be neither reduced nor shortened.'
      : 'During the fixed term, only the ways to reach us and the manner of billing may be changed by us.';
  return {
    title: 'Changes',
    blocks: [
      say(
        `${scope} At least ${terms.changeNoticeDays} days before, we send you a written notice that shows only the new clause, the former one, the date it takes effect and your rights. You may refuse and cancel the contract, without indemnity, up to ${terms.refusalDays} days after it takes effect (${CPA}, s. 11.2).`,
      ),
    ],
  };
}

const EQUIPMENT_MODES = {
  lent: 'lent free of charge',
  rented: 'rented, part of the monthly price',
  sold: 'sold; it is yours',
} as const;

function equipmentClause({ equipment, terms }: ContractValues): Clause {
  const devices = equipment.map((device) => `${device.description}: ${EQUIPMENT_MODES[device.mode]}.`);
  return {
    title: 'Equipment',
    blocks: [
      ...(devices.length === 0 ? [say('No equipment is supplied.')] : [list(...devices)]),
      say(
        `Equipment that is lent or rented remains our property. We repair or replace it free of charge if it stops working in normal use, and the services it deprives you of are not billed meanwhile. At the end of the contract you return it within ${terms.returnDays} days, free of charge, by prepaid shipping or at one of our counters. If it is not returned, we may claim its actual value at that time and nothing more.`,
      ),
    ],
  };
}

function qualityClause({ terms }: ContractValues): Clause {
  return {
    title: 'Quality, outages and credits',
    blocks: [
      say(
        `We watch over the network and repair what is ours free of charge. An interruption of more than ${terms.outageCreditHours} hours in a row that is not of your doing gives right to a credit by the day; we put it on your account ourselves. Planned maintenance is announced to you.`,
      ),
    ],
  };
}

const USE_CLAUSE: Clause = {
  title: 'Use',
  blocks: [
    say(
      'You use the services lawfully and reasonably, do not resell them, and protect your Wi-Fi network with a password. We neither favour nor slow down any content; we act on traffic only to protect the network or your devices, or when the law requires it. The outlet and the fibre installed in your home must not be moved or modified without us.',
    ),
  ],
};

const EMERGENCY_CLAUSE: Clause = {
  title: 'Telephone and 9-1-1',
  blocks: [
    say(
      'The telephone service runs over the Internet. 9-1-1 does not work during a power or Internet failure, and the address sent to emergency services is the one in your account: keep it up to date and do not use the service at another address. Always say where you are. The municipal tax for 9-1-1 is collected for each line.',
    ),
  ],
};

function privacyClause({ privacyOfficer }: ContractValues): Clause {
  return {
    title: 'Your personal information',
    blocks: [
      say(
        `We collect what is needed to supply, bill and repair the services, and keep it for as long as the law requires. We do not sell your information. It is disclosed only to suppliers bound by contract, and to authorities when the law requires it. You may consult it, have it corrected or withdraw a consent by writing to ${privacyOfficer}.`,
      ),
    ],
  };
}

function distanceClause({ company }: ContractValues): Clause {
  return {
    title: 'Your rights when buying at a distance',
    blocks: [
      list(
        `Before signing, you were able to read this contract, correct it, accept it or decline it. A copy that you can keep and print is sent to you without delay, within 15 days at the latest (${CPA}, s. 54.7).`,
        'If information required by law is missing from the contract, if you could not expressly accept or decline it, or if you cannot keep it, you may cancel it within 7 days of receiving it; if you do not receive it within 15 days, you have 30 days from the day it was made (s. 54.8).',
        'If we do not begin to supply the services within 30 days of the date planned, you may cancel it as long as they have not begun (s. 54.9).',
        'After a cancellation, we refund you within 15 days. If we do not and you paid by credit card, you may ask the card issuer for a chargeback (ss. 54.13 and 54.14).',
      ),
      say(`To cancel, write to ${company.email} or to our address, or call ${company.phone}.`),
    ],
  };
}

const WARRANTY_CLAUSE: Clause = {
  title: 'Warranties and liability',
  blocks: [
    say(
      `The services and goods are covered by the warranties of the ${CPA}: they must be fit for the purpose they are meant for and conform to this contract and to our advertising. Nothing in this contract limits our liability for our own acts or those of our representatives, nor any right the law gives you.`,
    ),
  ],
};

function complaintsClause({ company }: ContractValues): Clause {
  return {
    title: 'Complaints',
    blocks: [
      say(
        `Come to us first: ${company.phone}, ${company.email}. If our answer does not satisfy you, the Commission for Complaints for Telecom-television Services (CCTS) is independent and free: www.ccts-cprst.ca, 1-888-221-1687. The Office de la protection du consommateur can also inform you: www.opc.gouv.qc.ca, 1-888-672-2556.`,
      ),
    ],
  };
}

function languageClause({ languageChoice }: ContractValues): Clause {
  const record =
    languageChoice === undefined
      ? ''
      : ` The French version was presented to you on ${formatInstant(languageChoice.frenchPresentedAt, 'en')}; you chose English on ${formatInstant(languageChoice.englishChosenAt, 'en')}.`;
  return {
    title: 'Language',
    blocks: [
      say(
        `The French version of this contract is given to you first. You may then expressly choose to be bound by the English version.${record} If the two versions differ, you may rely on the one that is more favourable to you.`,
      ),
    ],
  };
}

const LAW_CLAUSE: Clause = {
  title: 'Governing law',
  blocks: [
    say(
      'This contract is governed by the laws of Quebec and those of Canada that apply there. The courts of your judicial district have jurisdiction. If a clause has no effect, the others remain.',
    ),
  ],
};
