import { reportsOperations as op } from '@gigafibre/contract';
import { answers, type Route } from '../../platform/http/route.ts';
import { exportJournal } from './journal.ts';
import { listReportDocuments, readReport } from './read-report.ts';
import { exportReport } from './report-files.ts';

export const reportsRoutes = (): Route[] => [
  answers(op.readReport, (reading, input) => readReport(reading, input)),
  answers(op.listReportDocuments, (reading, input) => listReportDocuments(reading, input)),
  answers(op.exportReport, (reading, input) => exportReport(reading, input)),
  answers(op.exportJournal, (reading, input) => exportJournal(reading, input)),
];
