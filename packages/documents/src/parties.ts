/** The company as its documents present it. Configuration, not code: every text here comes from settings. */
export type Company = {
  /** The name customers know, in the letterhead: « Gigafibre ». */
  readonly tradeName: string;
  /** Legal name, under the letterhead and in contracts: « TARGO Internet inc. ». */
  readonly legalName: string;
  readonly addressLines: readonly string[];
  readonly phone: string;
  readonly email: string;
  /** Shown without scheme: « gigafibre.ca ». */
  readonly website: string;
  /** GST/HST registration, `123456789 RT0001`. */
  readonly gstNumber: string;
  /** QST registration, `1234567890 TQ0001`. */
  readonly qstNumber: string;
};

/** A customer as printed on a document. */
export type Party = {
  readonly name: string;
  /** Business name when the customer is one. */
  readonly organization?: string | undefined;
  readonly addressLines: readonly string[];
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly accountNumber?: string | undefined;
};
