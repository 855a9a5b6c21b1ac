import { jobStatus } from '@gigafibre/contract';

/** Whether a word is a state of a job, which has words of its own. */
export const isJobStatus = (word: string): boolean => jobStatus.safeParse(word).success;
