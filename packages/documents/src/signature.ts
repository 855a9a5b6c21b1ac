/** A point of a stroke, in the units of the pad it was drawn on. */
export type StrokePoint = { readonly x: number; readonly y: number };

/** How the name was written by the signer. */
export type SignatureMark =
  | { readonly is: 'typed' }
  /** A PNG picture, at most 400 kB. */
  | { readonly is: 'png'; readonly bytes: Uint8Array }
  /** Strokes of a pad `width` × `height`, origin at the top left. */
  | {
      readonly is: 'strokes';
      readonly width: number;
      readonly height: number;
      readonly strokes: readonly (readonly StrokePoint[])[];
    };

/** A signature: who, how, when, and what was ticked, each consent in the words that were shown. */
export type Signature = {
  readonly name: string;
  readonly mark: SignatureMark;
  readonly signedAt: Date;
  readonly consents?: readonly string[] | undefined;
};
