import { paymentsOperations as op } from '@gigafibre/contract';
import { answers, arranges, carriesOut, type Route } from '../../platform/http/route.ts';
import { addBankAccount } from './bank/bank-account.ts';
import { readBankRail, setBankRail } from './bank/bank-rail.ts';
import { listDebitFiles, readDebitFile } from './bank/debit-file.ts';
import { makeDebitFile } from './bank/make-debit-file.ts';
import { releaseDebitFile } from './bank/release-debit-file.ts';
import { downloadDebitFile, markDebitFileSent, withdrawDebitFile } from './bank/send-debit-file.ts';
import { listReturnsFiles, takeReturnsFile } from './bank/take-returns.ts';
import { listDebits } from './debits/debit.ts';
import {
  acceptStatementLine,
  filesOfStatementLine,
  ignoreStatementLine,
  settleStatementLine,
  undoStatementLine,
} from './statements/decide-statement-line.ts';
import { listBankStatements, listStatementLines } from './statements/statement-line.ts';
import { takeBankStatement } from './statements/take-statement.ts';

/** Debits through the company's own bank, and its statements. */
export const bankRoutes = (): Route[] => [
  answers(op.readBankRail, (reading) => readBankRail(reading)),
  carriesOut(op.setBankRail, (tx, input) => setBankRail(tx, input)),
  carriesOut(op.addBankAccount, (tx, input) => addBankAccount(tx, input)),
  answers(op.listDebitFiles, (reading, input) => listDebitFiles(reading, input)),
  answers(op.readDebitFile, (reading, { id }) => readDebitFile(reading, id)),
  answers(op.listDebitsOfFile, async (reading, { id, ...paging }) => {
    await readDebitFile(reading, id);
    return listDebits(reading, { ...paging, fileId: id });
  }),
  carriesOut(op.makeDebitFile, (tx) => makeDebitFile(tx)),
  carriesOut(op.releaseDebitFile, (tx, input) => releaseDebitFile(tx, input)),
  arranges(op.downloadDebitFile, (acting, input) => downloadDebitFile(acting, input)),
  carriesOut(op.markDebitFileSent, (tx, input) => markDebitFileSent(tx, input)),
  carriesOut(op.withdrawDebitFile, (tx, input) => withdrawDebitFile(tx, input)),
  carriesOut(op.takeReturnsFile, (tx, input) => takeReturnsFile(tx, input)),
  answers(op.listReturnsFiles, (reading, input) => listReturnsFiles(reading, input)),
  carriesOut(op.takeBankStatement, (tx, input) => takeBankStatement(tx, input)),
  answers(op.listBankStatements, (reading, input) => listBankStatements(reading, input)),
  answers(op.listStatementLines, (reading, input) => listStatementLines(reading, input)),
  carriesOut(op.acceptStatementLine, (tx, input) => acceptStatementLine(tx, input)),
  answers(op.listFilesOfStatementLine, (reading, input) => filesOfStatementLine(reading, input)),
  carriesOut(op.settleStatementLine, (tx, input) => settleStatementLine(tx, input)),
  carriesOut(op.ignoreStatementLine, (tx, input) => ignoreStatementLine(tx, input)),
  carriesOut(op.undoStatementLine, (tx, input) => undoStatementLine(tx, input)),
];
